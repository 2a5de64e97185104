namespace SpotifyCore.Simulator.Sessions;

/// <summary>A line of an import's log.</summary>
/// <param name="Event">What happened; only "imported" matters here.</param>
/// <param name="Track">Its id.</param>
/// <param name="Seconds">How long it plays.</param>
internal sealed record ImportedTrack(string Event, string? Track, double Seconds);
