namespace SpotifyCore.Backend.Catalogue;

/// <summary>A source as it is in the catalogue.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Track">Row of the track that it shows.</param>
/// <param name="Release">What it says of its release; null where it is of none, or not known.</param>
internal sealed record SourceRow(long Id, long Track, string? Release);
