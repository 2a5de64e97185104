using SpotifyCore.Backend.Plans;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Billing;

/// <summary>
/// Makes a subscription of all that was said of it, in the order in which it happened: whatever the order in which it came,
/// and however often, it ends the same.
/// </summary>
internal static class SubscriptionFold
{
    /// <summary>The subscription.</summary>
    public static Subscription Of(IEnumerable<BillingEvent> events)
    {
        BillingEvent[] inOrder =
        [
            .. events.DistinctBy(static one => one.Id)
                .OrderBy(static one => one.Happened).ThenBy(static one => one.Kind)
                .ThenBy(static one => one.Id, StringComparer.Ordinal),
        ];
        var givenBack = inOrder.Where(static one => one.Kind == BillingEventKind.Refunded)
            .Select(static one => one.Payment).ToHashSet(StringComparer.Ordinal);
        var subscription = Subscription.None;
        foreach (var occurred in inOrder)
        {
            switch (occurred.Kind)
            {
                // What an earlier payment paid for stays, without the time of grace for a next one.
                case BillingEventKind.Paid when givenBack.Contains(occurred.Payment):
                    subscription = subscription with { Renews = false };
                    break;
                case BillingEventKind.Paid:
                    // What the operator gives is not to be paid for.
                    subscription = new Subscription(occurred.Plan, occurred.Ends, Renews: occurred.Payment.Length > 0);
                    break;
                case BillingEventKind.Resumed or BillingEventKind.Cancelled:
                    subscription = subscription with
                    {
                        Renews = occurred.Kind == BillingEventKind.Resumed && subscription.Plan != Plan.Free,
                    };
                    break;
                case BillingEventKind.Ended:
                    subscription = Subscription.None;
                    break;
            }
        }

        return subscription;
    }
}
