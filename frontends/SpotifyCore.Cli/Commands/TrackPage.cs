using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>The part of a command that lists tracks, a page at a time.</summary>
internal sealed class TrackPage
{
    private const int MostTracks = 200;
    private const int LastPlace = 1_000;
    private const int Groups = 5;

    private readonly Option<int> _limit = new("--limit")
    {
        Description = $"Tracks at most, 1 to {MostTracks}", DefaultValueFactory = static _ => 20, HelpName = "NUMBER",
    };

    private readonly Option<int> _from = new("--from")
    {
        Description = "Begin with the track at this place", DefaultValueFactory = static _ => 1, HelpName = "NUMBER",
    };

    private readonly Option<bool> _ids = new("--ids") { Description = "Begin each line with the track's id" };
    private readonly Option<bool> _json = new("--json") { Description = "A JSON line for each track" };

    /// <summary>With its options.</summary>
    public TrackPage()
    {
        _limit.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, MostTracks, $"is not 1 to {MostTracks}, which --limit takes."));
        _from.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, LastPlace, $"is not 1 to {LastPlace:N0}, which --from takes."));
    }

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_limit, _from, _ids, _json])
            command.Add(option);
    }

    /// <summary>Asks for the page and prints it; artists and albums before its first.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="desktop">Whom to ask.</param>
    /// <param name="request">What is sought; the page is filled in.</param>
    /// <param name="called">What it is called where nothing is found.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ListenerException">Nothing was found.</exception>
    public async Task<int> PrintAsync(
        ParseResult parsed, Desktop.DesktopClient desktop, SearchRequest request, string called,
        CancellationToken cancellationToken)
    {
        var (first, hasIds, isJson) = (parsed.GetValue(_from), parsed.GetValue(_ids), parsed.GetValue(_json));
        request.Limit = parsed.GetValue(_limit);
        request.Offset = first - 1;
        request.Groups = first == 1 && !hasIds && !isJson ? Groups : 0;
        var reply = await Waiting.SayAsync(
            desktop, desktop.SearchAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        if (reply.Incomplete)
            await Console.Error.WriteLineAsync(TrackFinder.Incomplete);
        if (reply.Tracks.Count == 0)
            throw new ListenerException(TrackFinder.NothingFound(called, reply.Offline, first));

        foreach (var artist in reply.Artists)
            Console.WriteLine($"artist {artist}");
        foreach (var album in reply.Albums)
            Console.WriteLine(TextLines.Album(album.Title, album.Artists));
        foreach (var track in reply.Tracks)
            Console.WriteLine(isJson ? JsonLines.Track(track) : TextLines.Track(track, hasIds));

        if (!isJson)
            Console.WriteLine(Summary(reply, first));

        return ExitCodes.Done;
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
