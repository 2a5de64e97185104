using SpotifyCore.Content.Time;

namespace SpotifyCore.Simulation;

/// <summary>Something that must never be so, and was.</summary>
/// <param name="At">When.</param>
/// <param name="Host">At which host; -1 for none.</param>
/// <param name="Text">What.</param>
public readonly record struct Violation(Instant At, int Host, string Text);
