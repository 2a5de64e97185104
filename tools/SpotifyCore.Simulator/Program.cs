using System.CommandLine;
using SpotifyCore.Simulator.Commands;

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
