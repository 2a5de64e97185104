using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Cli.Mending;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore catalogue list</c>: all releases, or the tracks that match, by release.</summary>
internal sealed class CatalogueListCommand
{
    private const int MostShown = 200;

    private static readonly string[] Fields = ["artist", "album", "title", "genre", "year"];

    private readonly Argument<string[]> _words = new("WORDS")
    {
        Description = "Words of title, artist or album; without any, all releases by title",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?>[] _fields = Array.ConvertAll(Fields, static field => new Option<string?>($"--{field}")
    {
        Description = field == "year" ? "Of this year, or years: 1990-1999" : $"Whose {field} has these words",
        HelpName = field == "year" ? "YEARS" : "WORDS",
    });

    private readonly Option<int> _limit = new("--limit")
    {
        Description = $"Releases or tracks at most, 1 to {MostShown}", DefaultValueFactory = static _ => 50,
        HelpName = "NUMBER",
    };

    private readonly Option<int> _from = new("--from")
    {
        Description = "Begin with the one at this place", DefaultValueFactory = static _ => 1, HelpName = "NUMBER",
    };

    private readonly Option<bool> _json = CatalogueCommand.Json();

    private CatalogueListCommand()
    {
        _words.Validators.Add(WantedTracks.CheckWords);
        _limit.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, MostShown, $"is not 1 to {MostShown}, which --limit takes."));
        _from.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, 10_000_000, "is not 1 to 10,000,000, which --from takes."));
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var list = new CatalogueListCommand();
        var command = new Command("list", "Releases and tracks, each with the beginning of its id.") { list._words };
        foreach (var option in list._fields)
            command.Add(option);

        command.Add(list._limit);
        command.Add(list._from);
        command.Add(list._json);
        command.SetLibrarianAction((parsed, catalogue, cancellationToken) =>
            list.QueryOf(parsed) is { Length: > 0 } query
                ? list.ListTracksAsync(parsed, catalogue, query, cancellationToken)
                : list.ListReleasesAsync(parsed, catalogue, cancellationToken));
        return command;
    }

    // A quote would end a field's value; a search takes signs as spaces.
    private string QueryOf(ParseResult parsed)
    {
        var fields = Fields.Zip(_fields, (field, option) => (field, value: parsed.GetValue(option)))
            .Where(static one => !string.IsNullOrWhiteSpace(one.value))
            .Select(static one => one.field == "year"
                ? $"year:{one.value}"
                : $"{one.field}:\"{one.value!.Replace('"', ' ')}\"");
        return string.Join(' ', (parsed.GetValue(_words) ?? []).Concat(fields));
    }

    private async Task<int> ListReleasesAsync(
        ParseResult parsed, CatalogueClient catalogue, CancellationToken cancellationToken)
    {
        var first = parsed.GetValue(_from);
        var request = new ListReleasesRequest { Offset = first - 1, Limit = parsed.GetValue(_limit) };
        var reply = await catalogue.Librarian.ListReleasesAsync(request, LibrarianConnection.Options(cancellationToken));
        if (reply.Releases.Count == 0)
            throw new ListenerException(first == 1 ? "There is no release." : $"There are fewer than {first} releases.");

        foreach (var release in reply.Releases)
            Console.WriteLine(parsed.GetValue(_json) ? CatalogueJson.Entry(release) : CatalogueLines.ReleaseLine(release));

        SayMore(parsed, reply.More, first + reply.Releases.Count);
        return ExitCodes.Done;
    }

    private async Task<int> ListTracksAsync(
        ParseResult parsed, CatalogueClient catalogue, string query, CancellationToken cancellationToken)
    {
        var first = parsed.GetValue(_from);
        var request = new SearchRequest { Query = query, Offset = first - 1, Limit = parsed.GetValue(_limit) };
        var reply = await catalogue.AccessPoint.SearchAsync(request, LibrarianConnection.Options(cancellationToken));
        if (reply.Incomplete)
            await Console.Error.WriteLineAsync(TrackFinder.Incomplete);
        if (reply.Tracks.Count == 0)
            throw new ListenerException(TrackFinder.NothingFound(query, isOffline: false, first));

        // Releases in the order of what was found best of each, their tracks in their own.
        foreach (var release in reply.Tracks.GroupBy(static track => track.Album))
        {
            if (!parsed.GetValue(_json))
                Console.WriteLine(CatalogueLines.Heading(release.First()));
            foreach (var track in release.OrderBy(static track => track.Disc).ThenBy(static track => track.Number))
                Console.WriteLine(parsed.GetValue(_json) ? CatalogueJson.Track(track) : CatalogueLines.TrackLine(track));
        }

        SayMore(parsed, reply.More, first + reply.Tracks.Count);
        return ExitCodes.Done;
    }

    private void SayMore(ParseResult parsed, bool isMore, int next)
    {
        if (isMore && !parsed.GetValue(_json))
            Console.WriteLine($"more with --from {next}");
    }
}
