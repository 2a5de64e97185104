namespace SpotifyCore.Search;

/// <summary>A page of what was found.</summary>
/// <param name="Ids">Of the entries, the best first.</param>
/// <param name="HasMore">Whether others come after them. How many is not counted: it would cost more than the page.</param>
public readonly record struct SearchAnswer(IReadOnlyList<string> Ids, bool HasMore);
