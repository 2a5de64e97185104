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
        var (subscription, payment) = (Subscription.None, "");
        foreach (var occurred in events.DistinctBy(static one => one.Id)
            .OrderBy(static one => one.Happened).ThenBy(static one => one.Kind)
            .ThenBy(static one => one.Id, StringComparer.Ordinal))
        {
            switch (occurred.Kind)
            {
                case BillingEventKind.Paid:
                    payment = occurred.Payment;

                    // What the operator gives is not to be paid for.
                    subscription = new Subscription(occurred.Plan, occurred.Ends, Renews: payment.Length > 0);
                    break;
                case BillingEventKind.Resumed or BillingEventKind.Cancelled:
                    subscription = subscription with
                    {
                        Renews = occurred.Kind == BillingEventKind.Resumed && subscription.Plan != Plan.Free,
                    };
                    break;
                case BillingEventKind.Ended:
                case BillingEventKind.Refunded when occurred.Payment == payment:
                    subscription = Subscription.None;
                    break;
            }
        }

        return subscription;
    }
}
