using System.CommandLine;
using SpotifyCore.CommandLine;
using SpotifyCore.Harness.Commands;

var root = new RootCommand("Runs the engine's own client cores on virtual time.")
{
    FaultsCommand.Create(),
    LoadCommand.Create(),
};
return await root.RunAsync("spotifycore-harness", args);
