using SpotifyCore.Content.Time;

namespace SpotifyCore.Simulation.Clients;

/// <summary>Something that a player said.</summary>
/// <param name="Kind">What.</param>
/// <param name="Play">The play it is about; null when it is about none.</param>
/// <param name="Sample">Where the sound was then; of a play that is over, the samples that were handed out.</param>
/// <param name="At">When it was said.</param>
/// <param name="Due">When the core hears it.</param>
internal readonly record struct PlayerReport(
    PlayerReportKind Kind, SimPlay? Play, long Sample, Instant At, Instant Due)
{
    /// <summary>The <see cref="SimPlay.Epoch"/> of the play then.</summary>
    public int Epoch { get; } = Play?.Epoch ?? 0;
}
