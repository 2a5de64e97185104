using System.Runtime.CompilerServices;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Tiers;

/// <summary>
/// What was tried in one resolve, tier by tier, by their place in the resolver's order. A value of the caller: on the
/// stack, or beside the request it belongs to. Allocates nothing.
/// </summary>
public struct TierAttempts
{
    /// <summary>Most tiers that a resolver may have.</summary>
    public const int MaxTiers = 6;

    private Outcomes _outcomes;
    private Instants _askedAt;

    /// <summary>How a tier stands.</summary>
    public readonly TierOutcome OutcomeOf(int tier) => _outcomes[tier];

    /// <summary>When a tier was asked.</summary>
    public readonly Instant AskedAt(int tier) => _askedAt[tier];

    /// <summary>A tier has been asked.</summary>
    public void Ask(int tier, Instant now)
    {
        _outcomes[tier] = TierOutcome.Asked;
        _askedAt[tier] = now;
    }

    /// <summary>
    /// A tier has answered without the chunk, or can't be asked. A hit needs no note: the resolve is over.
    /// </summary>
    public void Fail(int tier, ChunkReadStatus status) => _outcomes[tier] = status switch
    {
        ChunkReadStatus.NotFound => TierOutcome.Lacks,
        ChunkReadStatus.Busy => TierOutcome.Busy,
        ChunkReadStatus.Unavailable => TierOutcome.Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A hit is no failure."),
    };

    [InlineArray(MaxTiers)]
    private struct Outcomes
    {
        private TierOutcome _first;
    }

    [InlineArray(MaxTiers)]
    private struct Instants
    {
        private Instant _first;
    }
}
