using System.CommandLine;
using System.Runtime.InteropServices;
using SpotifyCore.Content;
using SpotifyCore.Content.Text;
using SpotifyCore.Import;

var drawing = PlainTextWriter.GuardConsole();
if (args is ["--version"])
{
    Console.WriteLine(ProductVersion.LineOf("spotifycore-import"));
    return 0;
}

using var stopping = new CancellationTokenSource();

// Ctrl-C and SIGTERM give up what is under way and end with a summary.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
var command = ImportCommand.Create(drawing).Parse(args);
if (command.Errors.Count > 0)
{
    var errors = string.Join(' ', command.Errors.Select(static error => error.Message));
    Console.Error.WriteLine($"spotifycore-import: {errors} See --help.");
}

return command.Errors.Count > 0 ? ImportRun.Misused : await command.InvokeAsync(invocation, stopping.Token);
