using SpotifyCore.Content.Sources;

namespace SpotifyCore.Core.Tiers;

/// <summary>How a resolver treats one of its tiers.</summary>
/// <param name="Tier">What its bytes are called in statistics.</param>
/// <param name="HedgeAfter">
/// How long it alone may take to answer before the next tier is asked as well; <see cref="Timeout.InfiniteTimeSpan"/>
/// to wait for it while the deadline allows.
/// </param>
/// <param name="IsLocal">True when asking it asks nobody else: all that a request marked local-only may use.</param>
public readonly record struct TierPolicy(Tier Tier, TimeSpan HedgeAfter, bool IsLocal = false);
