namespace SpotifyCore.Search.Segments;

/// <summary>What an index had at one moment, of which a file is written.</summary>
/// <param name="Segments">Copies: nothing is taken out of them.</param>
/// <param name="Change">How far it followed its catalogue.</param>
/// <param name="Next">The number that the next entry is given.</param>
internal readonly record struct MergeSources(LiveSegment[] Segments, long Change, long Next);
