using SpotifyCore.Cli.Commands;
using SpotifyCore.Content;

const int Misused = 2;

if (args is ["--version"])
{
    Console.WriteLine(ProductVersion.LineOf("spotifycore"));
    return 0;
}

var command = RootCommands.Create().Parse(args);
var exitCode = await command.InvokeAsync();
return command.Errors.Count > 0 ? Misused : exitCode;
