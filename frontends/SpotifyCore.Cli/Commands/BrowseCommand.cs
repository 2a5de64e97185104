using System.CommandLine;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>
/// <c>spotifycore browse popular|new|artists|albums|tracks|artist NAME|album NAME|genre WORDS</c>
/// </summary>
internal static class BrowseCommand
{
    public static Command Create() => new("browse", "Leafs through the catalogue: what is played most, what came last, from A to Z.")
    {
        All("popular", "All tracks, what is played most first.", SearchOrder.Popular),
        All("new", "All tracks, what came last first.", SearchOrder.New),
        BrowseNames.Create("artists", NameKind.Artist),
        BrowseNames.Create("albums", NameKind.Album),
        BrowseNames.Create("tracks", NameKind.Track),
        Of("artist", "NAME", "The albums and tracks of an artist."),
        Of("album", "NAME", "The tracks of albums that are called so."),
        Of("genre", "WORDS", "The tracks of a genre."),
    };

    private static Command All(string name, string description, SearchOrder order)
    {
        var page = new TrackPage();
        var command = new Command(name, description);
        page.AddTo(command);
        command.SetDesktopAction((parsed, desktop, cancellationToken) => page.PrintAsync(
            parsed, desktop, new SearchRequest { Order = order }, "anything", cancellationToken));
        return command;
    }

    private static Command Of(string field, string named, string description)
    {
        var words = new Argument<string[]>(named)
        {
            Description = $"What the {field} is called, or its beginning", Arity = ArgumentArity.OneOrMore,
        };
        words.Validators.Add(WantedTracks.CheckWords);
        var isNew = new Option<bool>("--new") { Description = "What came last first" };
        var page = new TrackPage();
        var command = new Command(field, description) { words, isNew };
        page.AddTo(command);
        command.SetDesktopAction((parsed, desktop, cancellationToken) =>
        {
            // A quote would end the field's value; a search takes signs as spaces.
            var called = string.Join(' ', parsed.GetValue(words)!).Replace('"', ' ');
            var request = new SearchRequest
            {
                Query = $"{field}:\"{called}\"",
                Order = parsed.GetValue(isNew) ? SearchOrder.New : SearchOrder.Popular,
            };
            return page.PrintAsync(parsed, desktop, request, called, cancellationToken);
        });
        return command;
    }
}
