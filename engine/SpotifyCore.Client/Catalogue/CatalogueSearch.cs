namespace SpotifyCore.Client.Catalogue;

/// <summary>What is sought in the catalogue.</summary>
/// <param name="Query">
/// Words of title, artist and album; <c>artist:</c>, <c>album:</c>, <c>title:</c>, <c>genre:</c>,
/// <c>year:1990-1999</c>. Empty for all there is, in another order than <see cref="CatalogueOrder.Best"/>.
/// </param>
public sealed record CatalogueSearch(string Query)
{
    /// <summary>Most tracks, 1 to 200.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>How many tracks to pass over, 0 to 1,000.</summary>
    public int Offset { get; init; }

    /// <summary>What comes first.</summary>
    public CatalogueOrder Order { get; init; }

    /// <summary>Artists and albums wanted beside the tracks, so many of each, 0 to 50.</summary>
    public int Groups { get; init; }

    /// <summary>How many of each to pass over, 0 to 250.</summary>
    public int GroupOffset { get; init; }
}
