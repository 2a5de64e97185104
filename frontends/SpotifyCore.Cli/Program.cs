using System.CommandLine;
using SpotifyCore.Cli.Commands;
using SpotifyCore.Cli.Display;
using SpotifyCore.Content;

Screen.Guard();
if (args is ["--version"])
{
    Console.WriteLine(ProductVersion.LineOf("spotifycore"));
    return ExitCodes.Done;
}

var isEmpty = args.Length == 0;
var parsed = RootCommands.Create().Parse(isEmpty ? ["--help"] : args);

// What was not understood says more than what is missing because of it.
foreach (var error in parsed.Errors.Skip(parsed.UnmatchedTokens.Count > 0 && parsed.Errors.Count > 1 ? 1 : 0))
    Console.Error.WriteLine($"spotifycore: {error.Message}");

if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"See '{RootCommands.NameOf(parsed.CommandResult.Command)} --help'.");
    return ExitCodes.Misused;
}

var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
return isEmpty ? ExitCodes.Misused : exitCode;
