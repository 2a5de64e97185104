namespace SpotifyCore.Backend.Mending;

/// <summary>What was mended.</summary>
/// <param name="Number">The number of the mend; 0 where there was nothing to change.</param>
/// <param name="What">It, in words.</param>
/// <param name="Made">The id of the release that it made; empty where it made none.</param>
internal sealed record MendDone(long Number, string What, string Made);
