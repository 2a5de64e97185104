using SpotifyCore.Backend.Billing;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Billing;

/// <summary>What is said of a subscription.</summary>
internal static class TestBilling
{
    public const string Subscription = "sub_1";

    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static BillingEvent Of(BillingEventKind kind, string id, DateTimeOffset happened) =>
        new($"evt_{id}", kind, happened) { Subscription = Subscription, Ends = DateTimeOffset.UnixEpoch };

    public static BillingEvent Paid(
        string id, DateTimeOffset happened, Plan plan, DateTimeOffset ends, string payment) =>
        Of(BillingEventKind.Paid, id, happened) with { Plan = plan, Ends = ends, Payment = payment };

    public static BillingEvent Refund(string id, DateTimeOffset happened, string payment) =>
        Of(BillingEventKind.Refunded, id, happened) with { Subscription = "", Payment = payment };

    /// <summary>Any events of one subscription, many of one moment, after that which says whose it is.</summary>
    public static BillingEvent[] Any(Random chance, int count) =>
    [
        .. Enumerable.Range(0, count).Select(index =>
        {
            var happened = Begin.AddDays(chance.Next(6));
            var payment = $"in_{chance.Next(3)}";
            return chance.Next(6) switch
            {
                0 or 1 => Paid($"{index}", happened, (Plan)chance.Next(1, 3), happened.AddDays(chance.Next(60)), payment),
                2 => Of(BillingEventKind.Cancelled, $"{index}", happened),
                3 => Of(BillingEventKind.Resumed, $"{index}", happened),
                4 => Of(BillingEventKind.Ended, $"{index}", happened),
                _ => Refund($"{index}", happened, payment),
            };
        }),
    ];
}
