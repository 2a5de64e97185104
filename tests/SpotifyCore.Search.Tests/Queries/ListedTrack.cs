using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Tests.Queries;

/// <summary>A line of catalogue.tsv.</summary>
internal sealed record ListedTrack(
    string Title, string[] Artists, string[] Sort, string Album, string[] AlbumArtists, int Year, string Genre, long Plays)
{
    /// <summary>What the index is told of it.</summary>
    public SearchEntry Entry(int number) => new()
    {
        Id = $"track{number}",
        Title = Title,
        Artists = [.. Artists.Union(AlbumArtists)],
        Aliases = Sort,
        Album = Album,
        Year = Year,
        Genre = Genre,
        Plays = Plays,
    };
}
