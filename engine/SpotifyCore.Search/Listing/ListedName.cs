namespace SpotifyCore.Search.Listing;

/// <summary>A name in its place among others.</summary>
/// <param name="Key">By which it stands there: folded, without spaces and signs.</param>
/// <param name="Id">Of a release or an entry its id; of an artist the key with the name's signs, where it has some.</param>
/// <param name="Entry">The id of an entry that has it.</param>
public readonly record struct ListedName(string Key, string Id, string Entry);
