using SpotifyCore.CommandLine;
using SpotifyCore.Simulator.Commands;

try
{
    return await SimulateCommand.Create().RunAsync("spotifycore-simulate", args);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine();
    return ExitCodes.Interrupted;
}
