using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Plans;

/// <summary>
/// All that an account's entitlements follow from, but the device and the time: nothing has to be done for a plan to
/// lapse. Immutable.
/// </summary>
/// <param name="subscriptions">What was paid for or given.</param>
/// <param name="isFreeOffered">Whether who pays nothing may listen in the account's country.</param>
/// <param name="grace">For how long what is to be renewed holds when that is late.</param>
internal sealed class AccountPlan(IReadOnlyList<Subscription> subscriptions, bool isFreeOffered, TimeSpan grace)
{
    /// <summary>
    /// What may be done on a kind of device: by the best plan that is paid for then, and by the Free one where none is.
    /// </summary>
    public Entitlement EntitlementAt(DeviceKind device, DateTimeOffset now)
    {
        var (plan, until) = (Plan.Free, Subscription.NoEnd);
        foreach (var subscription in subscriptions)
        {
            var lapse = subscription.LapseAfter(grace);
            if (lapse > now && (subscription.Plan > plan || (subscription.Plan == plan && lapse > until)))
                (plan, until) = (subscription.Plan, lapse);
        }

        return Entitlement.Of(plan, until, device, isFreeOffered);
    }

    /// <summary>Until when something holds of what may be done, if nothing more is paid.</summary>
    /// <param name="device">On which kind of device.</param>
    /// <param name="holds">What.</param>
    /// <param name="now">The time; the answer where it does not hold now.</param>
    /// <returns><see cref="Subscription.NoEnd"/> for ever.</returns>
    public DateTimeOffset HoldsUntil(DeviceKind device, Func<Entitlement, bool> holds, DateTimeOffset now)
    {
        var at = now;
        while (at < Subscription.NoEnd && EntitlementAt(device, at) is var entitlement && holds(entitlement))
            at = entitlement.Until;

        return at;
    }
}
