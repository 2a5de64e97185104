using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore search WORDS</c></summary>
internal static class SearchCommand
{
    private const int MostTracks = 200;
    private const int LastPlace = 1_000;

    public static Command Create()
    {
        var words = new Argument<string[]>("WORDS")
        {
            Description = "Words of title, artist or album, or their beginnings; artist:NAME, album:NAME, title:NAME, "
                + "genre:WORD, year:1990-1999",
            Arity = ArgumentArity.OneOrMore,
        };
        words.Validators.Add(WantedTracks.CheckWords);
        var limit = new Option<int>("--limit")
        {
            Description = $"Tracks at most, 1 to {MostTracks}", DefaultValueFactory = static _ => 20, HelpName = "NUMBER",
        };
        limit.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, MostTracks, $"is not 1 to {MostTracks}, which --limit takes."));
        var from = new Option<int>("--from")
        {
            Description = "Begin with the track at this place", DefaultValueFactory = static _ => 1, HelpName = "NUMBER",
        };
        from.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, LastPlace, $"is not 1 to {LastPlace:N0}, which --from takes."));
        var ids = new Option<bool>("--ids") { Description = "Begin each line with the track's id" };
        var json = new Option<bool>("--json") { Description = "A JSON line for each track" };
        var command = new Command("search", "Finds tracks; without a network, among those that are cached.")
        {
            words, limit, from, ids, json,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var query = string.Join(' ', parsed.GetValue(words)!);
            var first = parsed.GetValue(from);
            var request = new SearchRequest { Query = query, Limit = parsed.GetValue(limit), Offset = first - 1 };
            var reply = await Waiting.SayAsync(
                desktop, desktop.SearchAsync(request, cancellationToken: cancellationToken).ResponseAsync);
            if (reply.Incomplete)
                await Console.Error.WriteLineAsync(TrackFinder.Incomplete);
            if (reply.Tracks.Count == 0)
                throw new ListenerException(TrackFinder.NothingFound(query, reply.Offline, first));

            foreach (var track in reply.Tracks)
                Console.WriteLine(parsed.GetValue(json) ? JsonLines.Track(track) : TextLines.Track(track, parsed.GetValue(ids)));

            if (!parsed.GetValue(json))
                Console.WriteLine(Summary(reply, first));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Summary(DesktopSearchReply reply, int first)
    {
        var (count, next) = (reply.Tracks.Count, first + reply.Tracks.Count);
        var isPage = reply.More || first > 1;
        var shown = (isPage, count) switch
        {
            (true, 1) => $"track {first}",
            (true, _) => $"tracks {first} to {next - 1}",
            (_, 1) => "1 track",
            _ => $"{count} tracks",
        };
        var cached = reply.Offline ? $" that {(count == 1 ? "is" : "are")} cached" : "";
        return $"{shown}{cached}{(reply.More ? $"; more with --from {next}" : "")}"
            + (reply.Offline ? "; the access point does not answer" : "");
    }
}
