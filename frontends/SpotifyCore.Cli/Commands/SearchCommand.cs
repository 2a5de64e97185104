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

    public static Command Create()
    {
        var words = new Argument<string[]>("WORDS")
        {
            Description = "Words of title, artist or album, or their beginnings", Arity = ArgumentArity.OneOrMore,
        };
        words.Validators.Add(WantedTracks.CheckWords);
        var limit = new Option<int>("--limit")
        {
            Description = $"Tracks at most, 1 to {MostTracks}", DefaultValueFactory = static _ => 20, HelpName = "NUMBER",
        };
        limit.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, MostTracks, $"is not 1 to {MostTracks}, which --limit takes."));
        var ids = new Option<bool>("--ids") { Description = "Begin each line with the track's id" };
        var json = new Option<bool>("--json") { Description = "A JSON line for each track" };
        var command = new Command("search", "Finds tracks; without a network, among those that are cached.")
        {
            words, limit, ids, json,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var query = string.Join(' ', parsed.GetValue(words)!);
            var request = new SearchRequest { Query = query, Limit = parsed.GetValue(limit) };
            var reply = await desktop.SearchAsync(request, cancellationToken: cancellationToken);
            if (reply.Tracks.Count == 0)
                throw new ListenerException(TrackFinder.NothingFound(query, reply.Offline));

            foreach (var track in reply.Tracks)
                Console.WriteLine(parsed.GetValue(json) ? JsonLines.Track(track) : TextLines.Track(track, parsed.GetValue(ids)));

            if (!parsed.GetValue(json))
                Console.WriteLine(Summary(reply));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Summary(DesktopSearchReply reply)
    {
        var count = reply.Total > reply.Tracks.Count ? $"{reply.Tracks.Count} of {reply.Total} tracks"
            : reply.Total == 1 ? "1 track"
            : $"{reply.Total} tracks";
        return reply.Offline
            ? $"{count} that {(reply.Total == 1 ? "is" : "are")} cached; the access point does not answer"
            : count;
    }
}
