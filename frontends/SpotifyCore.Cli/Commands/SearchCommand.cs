using System.CommandLine;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore search WORDS</c></summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("WORDS")
        {
            Description = "Words of title, artist or album, or their beginnings; artist:NAME, album:NAME, title:NAME, "
                + "genre:WORD, year:1990-1999",
            Arity = ArgumentArity.OneOrMore,
        };
        words.Validators.Add(WantedTracks.CheckWords);
        var page = new TrackPage();
        var command = new Command("search", "Finds tracks; without a network, among those that are cached.") { words };
        page.AddTo(command);
        command.SetDesktopAction((parsed, desktop, cancellationToken) =>
        {
            var query = string.Join(' ', parsed.GetValue(words)!);
            return page.PrintAsync(parsed, desktop, new SearchRequest { Query = query }, query, cancellationToken);
        });
        return command;
    }
}
