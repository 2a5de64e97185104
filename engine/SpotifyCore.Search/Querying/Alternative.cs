namespace SpotifyCore.Search.Querying;

/// <summary>Terms that stand for a word when all of them occur.</summary>
/// <param name="Terms">Each occurs whole, or an indexed term begins with it.</param>
/// <param name="Edits">By how many letters it differs from what was typed.</param>
internal sealed record Alternative(IReadOnlyList<string> Terms, int Edits = 0);
