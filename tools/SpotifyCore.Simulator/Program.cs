using SpotifyCore.CommandLine;
using SpotifyCore.Simulator.Commands;

return await SimulateCommand.Create().RunAsync("spotifycore-simulate", args);
