namespace SpotifyCore.Backend.Mending;

/// <summary>What can be said of a track.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Artists">Its artists, joined.</param>
/// <param name="Disc">Its disc; 0 for none.</param>
/// <param name="Number">Its number there; 0 for none.</param>
/// <param name="Year">Its year; 0 for none.</param>
/// <param name="Genre">Its genre; empty for none.</param>
internal sealed record TrackValues(string Title, string Artists, int Disc, int Number, int Year, string Genre);
