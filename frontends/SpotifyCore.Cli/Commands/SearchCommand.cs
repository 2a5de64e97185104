using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore search WORDS</c></summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("words")
        {
            Description = "Words of title, artist or album", Arity = ArgumentArity.OneOrMore,
        };
        var limit = new Option<int>("--limit")
        {
            Description = "Tracks at most, 1 to 200", DefaultValueFactory = static _ => 20,
        };
        var json = new Option<bool>("--json") { Description = "A JSON line for each track" };
        var command = new Command("search", "Finds tracks in the catalogue.") { words, limit, json };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var query = string.Join(' ', parsed.GetValue(words)!);
            var request = new SearchRequest { Query = query, Limit = parsed.GetValue(limit) };
            var reply = await desktop.SearchAsync(request, cancellationToken: cancellationToken);
            foreach (var track in reply.Tracks)
                Console.WriteLine(parsed.GetValue(json) ? JsonLines.Track(track) : TextLines.Track(track));

            if (!parsed.GetValue(json))
                Console.WriteLine(reply.Total == 0 ? "Nothing found." : $"{reply.Tracks.Count} of {reply.Total}");
            return 0;
        });
        return command;
    }
}
