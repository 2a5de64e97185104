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

// What was not understood stands last, and says more than what is missing because of it.
var unmatched = parsed.UnmatchedTokens.Count;
foreach (var error in parsed.Errors.Skip(unmatched > 0 ? Math.Max(0, parsed.Errors.Count - unmatched) : 0))
    Console.Error.WriteLine($"spotifycore: {error.Message}");

if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"See '{RootCommands.NameOf(parsed.CommandResult.Command)} --help'.");
    return ExitCodes.Misused;
}

var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
return isEmpty ? ExitCodes.Misused : exitCode;
