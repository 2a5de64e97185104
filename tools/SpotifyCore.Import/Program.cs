using System.CommandLine;
using System.Runtime.InteropServices;
using SpotifyCore.CommandLine;
using SpotifyCore.Content.Text;
using SpotifyCore.Import;

var drawing = PlainTextWriter.GuardConsole();
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
return await ImportCommand.Create(drawing).RunAsync("spotifycore-import", args, invocation, stopping.Token);
