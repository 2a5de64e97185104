namespace SpotifyCore.Search.Tests.Queries;

/// <summary>A line of queries.tsv.</summary>
internal sealed record ListedQuery(string Query, string Kind, string Expect, bool IsHeldOut)
{
    /// <summary>Whether a track is one of those that are meant.</summary>
    public bool IsMetBy(ListedTrack track) => Expect.Split(" || ").Any(meant =>
    {
        var split = meant.LastIndexOf(" — ", StringComparison.Ordinal);
        var (name, artist) = (meant[..split], meant[(split + 3)..]);
        if (name.StartsWith("album:", StringComparison.Ordinal))
            return track.Album == name["album:".Length..] && track.AlbumArtists.Union(track.Artists).Contains(artist);

        return (name == "*" || name == track.Title) && track.Artists.Contains(artist);
    });
}
