using SpotifyCore.Cli.Commands;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.CommandLine;

Screen.Guard();
var root = RootCommands.Create();
if (args is [])
{
    await root.RunAsync(RootCommands.Name, ["--help"]);
    return ExitCodes.Misused;
}

// Asked about a command that there is not, the option would tell about the others.
string[] meant = args is not ["help", .. var asked] ? args
    : root.Parse(asked).UnmatchedTokens.Count > 0 ? asked
    : [.. asked, "--help"];
return await root.RunAsync(RootCommands.Name, meant);
