namespace SpotifyCore.Search.Listing;

/// <summary>A page of names in the order of their letters.</summary>
/// <param name="Names">The names.</param>
/// <param name="Next">Behind what the next page begins; empty when there is none.</param>
public sealed record ListedPage(IReadOnlyList<ListedName> Names, string Next);
