using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Backend.Searching;

/// <summary>A change of the catalogue.</summary>
/// <param name="Change">Its number.</param>
/// <param name="Track">The track that has changed.</param>
/// <param name="Entry">What is found of it now; null of one that has left.</param>
internal sealed record CatalogueChange(long Change, string Track, SearchEntry? Entry);
