using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Tiers;

/// <summary>
/// Decides which tier a node asks next for a chunk, given the deadline and what has failed: a storage node is
/// <c>[cache, sibling site, master]</c>, a master node <c>[vault, co-owners]</c>. Immutable, safe for any thread; what one
/// resolve has tried is its caller's <see cref="TierAttempts"/>. A client has no such chain: it asks peers and production
/// side by side, many chunks at once, by who is quick enough (<c>DownloadScheduler</c>).
/// </summary>
/// <remarks>
/// The caller asks for a step, takes it, notes the outcome in its attempts and asks again: after
/// <see cref="TierStepKind.Ask"/> at once (it will be told to wait), after <see cref="TierStepKind.Wait"/> when a tier
/// has answered or the time has come. The first hit ends the resolve; what is still asked is the caller's to cancel.
/// </remarks>
public sealed class TierResolver
{
    private readonly TierPolicy[] _tiers;

    /// <summary>Takes the tiers in the order of preference.</summary>
    public TierResolver(params ReadOnlySpan<TierPolicy> tiers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tiers.Length, nameof(tiers));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tiers.Length, TierAttempts.MaxTiers, nameof(tiers));
        _tiers = tiers.ToArray();
    }

    /// <summary>Number of tiers.</summary>
    public int Count => _tiers.Length;

    /// <summary>The policy of the tier at a place in the order.</summary>
    public TierPolicy this[int tier] => _tiers[tier];

    /// <summary>Decides the next step.</summary>
    /// <param name="attempts">What was tried so far.</param>
    /// <param name="now">The time.</param>
    /// <param name="deadline">When an answer stops being of use; <see cref="Instant.Never"/> for no haste.</param>
    /// <param name="localOnly">True to use local tiers alone.</param>
    public TierStep Next(in TierAttempts attempts, Instant now, Instant deadline, bool localOnly = false)
    {
        if (now >= deadline)
            return TierStep.GiveUp(ChunkReadStatus.Unavailable);

        var next = NextUntried(attempts, localOnly);
        var hedge = HedgeTime(attempts, out var waiting);
        if (next >= 0 && (!waiting || now >= hedge))
            return TierStep.Ask(next);

        if (!waiting)
            return TierStep.GiveUp(MostHopeful(attempts));

        return TierStep.Wait(next >= 0 ? Instant.Min(hedge, deadline) : deadline);
    }

    private int NextUntried(in TierAttempts attempts, bool localOnly)
    {
        for (var i = 0; i < _tiers.Length; i++)
        {
            if (attempts.OutcomeOf(i) == TierOutcome.Untried && (_tiers[i].IsLocal || !localOnly))
                return i;
        }

        return -1;
    }

    /// <summary>When every tier that was asked has had its time alone.</summary>
    private Instant HedgeTime(in TierAttempts attempts, out bool waiting)
    {
        waiting = false;
        var latest = new Instant(0);
        for (var i = 0; i < _tiers.Length; i++)
        {
            if (attempts.OutcomeOf(i) != TierOutcome.Asked)
                continue;

            waiting = true;
            var alone = _tiers[i].HedgeAfter;
            var end = alone == Timeout.InfiniteTimeSpan ? Instant.Never : attempts.AskedAt(i) + alone;
            latest = Instant.Max(latest, end);
        }

        return latest;
    }

    /// <summary>
    /// How a resolve ends whose tiers have all failed: busy before unavailable before lacking, as a retry may help.
    /// </summary>
    private ChunkReadStatus MostHopeful(in TierAttempts attempts)
    {
        var status = ChunkReadStatus.NotFound;
        for (var i = 0; i < _tiers.Length; i++)
        {
            var outcome = attempts.OutcomeOf(i);
            if (outcome == TierOutcome.Busy)
                return ChunkReadStatus.Busy;

            if (outcome == TierOutcome.Unavailable)
                status = ChunkReadStatus.Unavailable;
        }

        return status;
    }
}
