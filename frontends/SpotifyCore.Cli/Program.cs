using SpotifyCore.Cli.Commands;

const int Misused = 2;

var command = RootCommands.Create().Parse(args);
var exitCode = await command.InvokeAsync();
return command.Errors.Count > 0 ? Misused : exitCode;
