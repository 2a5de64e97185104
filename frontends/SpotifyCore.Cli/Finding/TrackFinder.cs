using SpotifyCore.Cli.Commands;
using SpotifyCore.Cli.Display;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Search;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Finding;

/// <summary>Understands what a listener typed for tracks: ids, and words that name something.</summary>
internal sealed class TrackFinder(Desktop.DesktopClient desktop, Chooser chooser)
{
    private const int PageSize = 200;
    private const int MostHits = 1_000;
    private const int MostTracks = 50;

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

        return parts.Count == 1 ? parts[0] : new Found("", [.. parts.SelectMany(static part => part.Tracks)]);
    }

    private async Task<Found> FindAsync(string words, CandidateKind kind, CancellationToken cancellationToken)
    {
        var limit = kind == CandidateKind.Track ? MostTracks : MostHits;
        var (hits, isOffline) = await SearchAsync(words, limit, cancellationToken);
        var candidates = kind switch
        {
            CandidateKind.Track => [.. Tracks(hits), .. Named(words, hits)],
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

    private static string NothingFound(string words, CandidateKind kind, bool isOffline) => kind switch
    {
        CandidateKind.Track => SearchCommand.NothingFound(words, isOffline),
        CandidateKind.Album => $"No album{(isOffline ? " that is cached" : "")} is called '{words}'.",
        _ => $"No artist{(isOffline ? " that is cached" : "")} is called '{words}'.",
    };

    private static List<Candidate> Tracks(IReadOnlyList<Track> hits) => [.. hits.Select(static track =>
        new Candidate(CandidateKind.Track, track.Track_, track.Title, TextLines.Track(track)))];

    // What was typed may be just the name of an album or an artist as well.
    private static IEnumerable<Candidate> Named(string words, IReadOnlyList<Track> hits) =>
        Albums(words, hits).Concat(Artists(words, hits))
            .Where(candidate => SearchText.Plain(candidate.Name) == SearchText.Plain(words));

    private static List<Candidate> Albums(string words, IReadOnlyList<Track> hits) => [.. hits
        .Where(track => track.Album.Length > 0
            && SearchText.Matches($"{track.AlbumTitle} {string.Join(' ', track.Artists)}", words))
        .GroupBy(static track => track.Album)
        .Select(static album => new Candidate(
            CandidateKind.Album, album.Key, album.First().AlbumTitle,
            $"album {album.First().AlbumTitle} by {TextLines.Artists(album)}"))];

    private static List<Candidate> Artists(string words, IReadOnlyList<Track> hits) => [.. hits
        .SelectMany(static track => track.Artists)
        .Where(artist => SearchText.Matches(artist, words))
        .Distinct(StringComparer.Ordinal)
        .Select(static artist => new Candidate(CandidateKind.Artist, artist, artist, $"artist {artist}"))];

    private async Task<Found> OpenAsync(Candidate album, CancellationToken cancellationToken)
    {
        var opened = await desktop.GetAlbumAsync(
            new GetAlbumRequest { Album = album.Id }, cancellationToken: cancellationToken);
        return new Found(album.Line, [.. opened.Tracks.Select(static track => track.Track_)]);
    }

    private async Task<Found> OfArtistAsync(Candidate artist, CancellationToken cancellationToken)
    {
        var (hits, _) = await SearchAsync(artist.Name, MostHits, cancellationToken);
        var tracks = hits.Where(track => track.Artists.Contains(artist.Id))
            .OrderBy(static track => track.Year)
            .ThenBy(static track => track.AlbumTitle, StringComparer.Ordinal)
            .ThenBy(static track => track.Album, StringComparer.Ordinal)
            .ThenBy(static track => track.Disc)
            .ThenBy(static track => track.Number);
        return new Found(artist.Line, [.. tracks.Select(static track => track.Track_)]);
    }

    private async Task<(IReadOnlyList<Track> Hits, bool IsOffline)> SearchAsync(
        string words, int limit, CancellationToken cancellationToken)
    {
        var hits = new List<Track>();
        DesktopSearchReply reply;
        do
        {
            var request = new SearchRequest
            {
                Query = words, Limit = Math.Min(PageSize, limit - hits.Count), Offset = hits.Count,
            };
            reply = await desktop.SearchAsync(request, cancellationToken: cancellationToken);
            hits.AddRange(reply.Tracks);
        }
        while (reply.Tracks.Count > 0 && hits.Count < Math.Min(limit, reply.Total));

        return (hits, reply.Offline);
    }
}
