namespace SpotifyCore.Search;

/// <summary>A page of what was found.</summary>
/// <param name="Ids">Of the entries, the best first.</param>
/// <param name="Total">How many there are, counted up to <see cref="SearchIndex.MaxHits"/>.</param>
public readonly record struct SearchAnswer(IReadOnlyList<string> Ids, int Total);
