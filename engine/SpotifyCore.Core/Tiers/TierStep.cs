using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Tiers;

/// <summary>What a resolve is to do next.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Tier">Place of the tier to ask, in the resolver's order.</param>
/// <param name="Until">When to ask the resolver again, if no answer came before.</param>
/// <param name="Status">How a resolve that is given up ends.</param>
public readonly record struct TierStep(TierStepKind Kind, int Tier, Instant Until, ChunkReadStatus Status)
{
    /// <summary>Ask a tier now; what was asked before goes on.</summary>
    public static TierStep Ask(int tier) => new(TierStepKind.Ask, tier, default, default);

    /// <summary>Wait for an answer, or until a time.</summary>
    public static TierStep Wait(Instant until) => new(TierStepKind.Wait, -1, until, default);

    /// <summary>Stop: no tier can help in time.</summary>
    public static TierStep GiveUp(ChunkReadStatus status) => new(TierStepKind.GiveUp, -1, default, status);
}
