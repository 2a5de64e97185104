using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Plans;

/// <summary>What the client of a session may do, as it is at one moment.</summary>
/// <param name="plan">What its account has.</param>
/// <param name="device">What the client said that it is.</param>
/// <param name="now">The moment.</param>
internal sealed class SessionPlan(AccountPlan plan, DeviceKind device, DateTimeOffset now)
{
    /// <summary>The moment.</summary>
    public DateTimeOffset Now => now;

    /// <summary>What may be done.</summary>
    public Entitlement Entitlement { get; } = plan.EntitlementAt(device, now);

    /// <summary>
    /// Until when something of it holds, if nothing more is paid: <see cref="Subscription.NoEnd"/> for ever, and that moment
    /// where it does not.
    /// </summary>
    public DateTimeOffset HoldsUntil(Func<Entitlement, bool> holds) => plan.HoldsUntil(device, holds, now);
}
