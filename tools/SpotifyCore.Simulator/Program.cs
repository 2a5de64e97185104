using System.CommandLine;
using SpotifyCore.Content;
using SpotifyCore.Simulator.Commands;

if (args is ["--version"])
{
    Console.WriteLine(ProductVersion.LineOf("spotifycore-simulate"));
    return 0;
}

var command = SimulateCommand.Create().Parse(args);
if (command.Errors.Count > 0)
{
    foreach (var error in command.Errors)
        Console.Error.WriteLine("spotifycore-simulate: " + error.Message);

    return ExitCodes.Misused;
}

try
{
    return await command.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine();
    return ExitCodes.Interrupted;
}
