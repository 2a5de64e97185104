using SpotifyCore.Cli.Commands;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Names;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Finding;

/// <summary>Understands what a listener typed for tracks: ids, and words that name something.</summary>
internal sealed class TrackFinder(Desktop.DesktopClient desktop, Chooser chooser)
{
    /// <summary>What is said of a search that may have missed something.</summary>
    public const string Incomplete = "The access point is making its search anew: tracks may be missing.";

    private const int PageSize = 200;
    private const int MostHits = 1_000;

    /// <summary>The tracks of all ids and of all runs of words between them, in the order typed.</summary>
    /// <exception cref="ListenerException">Words name nothing, or something that was not chosen.</exception>
    public async Task<Found> FindAsync(string[] typed, CandidateKind kind, CancellationToken cancellationToken)
    {
        var parts = new List<Found>();
        for (var i = 0; i < typed.Length;)
        {
            if (TrackId.TryParse(typed[i], out _))
            {
                parts.Add(new Found("", [typed[i++]]));
                continue;
            }

            string[] words = [.. typed.Skip(i).TakeWhile(static word => !TrackId.TryParse(word, out _))];
            parts.Add(await FindAsync(string.Join(' ', words), kind, cancellationToken));
            i += words.Length;
        }

        return parts.Count == 1 ? parts[0] : new Found("", [.. parts.SelectMany(static part => part.Tracks)])
        {
            Note = string.Join('\n', parts.Select(static part => part.Note).Where(static note => note.Length > 0)),
        };
    }

    private async Task<Found> FindAsync(string words, CandidateKind kind, CancellationToken cancellationToken)
    {
        var (found, isOffline) = await SearchAsync(words, cancellationToken);

        // What is only spelled alike is meant where nothing is called so.
        Track[] called = [.. found.Where(track => NameMatch.Contains(
            $"{track.Title} {string.Join(' ', track.Artists)} {track.AlbumTitle}", words))];
        var hits = called.Length > 0 ? called : found;
        var candidates = kind switch
        {
            CandidateKind.Track => Any(words, hits),
            CandidateKind.Album => Albums(words, hits),
            _ => Artists(words, hits),
        };
        if (candidates.Count == 0)
            throw new ListenerException(NothingFound(words, kind, isOffline));

        var chosen = chooser.Choose(words, candidates);
        return chosen.Kind switch
        {
            CandidateKind.Track => new Found(chosen.Name, [chosen.Id]),
            CandidateKind.Album => await OpenAsync(chosen, cancellationToken),
            _ => await OfArtistAsync(chosen, cancellationToken),
        };
    }

    /// <summary>Why a search came back empty.</summary>
    /// <param name="query">What was typed.</param>
    /// <param name="isOffline">Whether only what is cached was searched.</param>
    /// <param name="first">The place to begin with, from 1.</param>
    public static string NothingFound(string query, bool isOffline, int first = 1)
    {
        var (nothing, isOrAre) = first > 1 ? ($"Fewer than {first} tracks", "are") : ("Nothing", "is");
        return isOffline
            ? $"{nothing} that {isOrAre} cached {isOrAre} called '{query}', and the access point does not answer."
            : $"{nothing} {isOrAre} called '{query}'.";
    }

    private static string NothingFound(string words, CandidateKind kind, bool isOffline) => kind switch
    {
        CandidateKind.Track => NothingFound(words, isOffline),
        CandidateKind.Album => $"No album{(isOffline ? " that is cached" : "")} is called '{words}'.",
        _ => $"No artist{(isOffline ? " that is cached" : "")} is called '{words}'.",
    };

    // An album or an artist of that name stands for its tracks: of those only the ones with such a title are listed.
    private static List<Candidate> Any(string words, IReadOnlyList<Track> hits)
    {
        bool IsInOther(Track track) => NameMatch.Contains(track.AlbumTitle, words)
            || track.Artists.Any(artist => NameMatch.Contains(artist, words));
        return
        [
            .. Albums(words, hits).Where(album => NameMatch.Contains(album.Name, words)),
            .. Artists(words, hits),
            .. hits.Where(track => NameMatch.Contains(track.Title, words) || !IsInOther(track)).Select(static track =>
                new Candidate(CandidateKind.Track, track.Track_, track.Title, TextLines.Track(track))),
        ];
    }

    private static List<Candidate> Albums(string words, IReadOnlyList<Track> hits) => [.. hits
        .Where(track => track.Album.Length > 0
            && NameMatch.Contains($"{track.AlbumTitle} {string.Join(' ', track.Artists)}", words))
        .GroupBy(static track => track.Album)
        .Select(static album => new Candidate(
            CandidateKind.Album, album.Key, album.First().AlbumTitle, AlbumLine(album.First().AlbumTitle, album)))];

    private static string AlbumLine(string title, IEnumerable<Track> tracks) =>
        TextLines.Album(title, tracks.SelectMany(static track => track.Artists));

    private static List<Candidate> Artists(string words, IReadOnlyList<Track> hits) => [.. hits
        .SelectMany(static track => track.Artists)
        .Where(artist => NameMatch.Contains(artist, words))
        .Distinct(StringComparer.Ordinal)
        .Select(static artist => new Candidate(CandidateKind.Artist, artist, artist, $"artist {artist}"))];

    private async Task<Found> OpenAsync(Candidate album, CancellationToken cancellationToken)
    {
        var request = new GetAlbumRequest { Album = album.Id };
        var opened = await Waiting.SayAsync(
            desktop, desktop.GetAlbumAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        var left = opened.Total - opened.Tracks.Count;
        return new Found(AlbumLine(opened.Title, opened.Tracks), [.. opened.Tracks.Select(static track => track.Track_)])
        {
            Album = opened.Album_,
            Note = left > 0
                ? $"{left} of the album's {opened.Total} tracks {(left == 1 ? "is" : "are")} not in the cache and"
                    + $" {(left == 1 ? "was" : "were")} left out; the access point does not answer."
                : "",
        };
    }

    // Each album in its own order, the oldest first; at last what belongs to none.
    private async Task<Found> OfArtistAsync(Candidate artist, CancellationToken cancellationToken)
    {
        var (hits, isOffline) = await SearchAsync(artist.Name, cancellationToken);
        var tracks = new List<string>();
        var albums = hits.Where(track => track.Artists.Contains(artist.Id))
            .GroupBy(static track => track.Album)
            .OrderBy(static album => album.Key.Length == 0)
            .ThenBy(static album => album.Min(static track => track.Year))
            .ThenBy(static album => album.First().AlbumTitle, StringComparer.Ordinal)
            .ThenBy(static album => album.Key, StringComparer.Ordinal);
        foreach (var album in albums)
        {
            var request = new GetAlbumRequest { Album = album.Key };
            IEnumerable<Track> all = album.Key.Length == 0
                ? album.OrderBy(static track => track.Title, StringComparer.Ordinal)
                : (await desktop.GetAlbumAsync(request, cancellationToken: cancellationToken)).Tracks;
            tracks.AddRange(all.Where(track => track.Artists.Contains(artist.Id)).Select(static track => track.Track_));
        }

        return new Found(artist.Line, tracks)
        {
            Note = isOffline ? "Only what is in the cache plays; the access point does not answer." : "",
        };
    }

    private async Task<(IReadOnlyList<Track> Hits, bool IsOffline)> SearchAsync(
        string words, CancellationToken cancellationToken)
    {
        var hits = new List<Track>();
        DesktopSearchReply reply;
        do
        {
            var request = new SearchRequest
            {
                Query = words, Limit = Math.Min(PageSize, MostHits - hits.Count), Offset = hits.Count,
            };
            reply = await Waiting.SayAsync(
                desktop, desktop.SearchAsync(request, cancellationToken: cancellationToken).ResponseAsync);
            hits.AddRange(reply.Tracks);
        }
        while (reply.More && reply.Tracks.Count > 0 && hits.Count < MostHits);

        if (reply.Incomplete)
            await Console.Error.WriteLineAsync(Incomplete);

        return (hits, reply.Offline);
    }
}
