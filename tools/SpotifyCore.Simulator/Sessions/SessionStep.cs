namespace SpotifyCore.Simulator.Sessions;

/// <summary>One thing that a listener of a recorded session does.</summary>
/// <param name="At">Seconds from its begin.</param>
/// <param name="Desktop">Whose desktop, from 1 on.</param>
/// <param name="Do">What: play or stop.</param>
/// <param name="Tracks">What to play, in order.</param>
internal sealed record SessionStep(double At, int Desktop, string Do, string[]? Tracks);
