using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Billing;

public sealed class SubscriptionFoldTests
{
    private static readonly DateTimeOffset Day = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_TheLifeOfASubscription_IsWhatWasSaidLast()
    {
        BillingEvent[] life =
        [
            TestBilling.Paid("1", Day, Plan.Unlimited, Day.AddMonths(1), "in_1"),
            TestBilling.Paid("2", Day.AddMonths(1), Plan.Premium, Day.AddMonths(2), "in_2"),
            TestBilling.Of(BillingEventKind.Cancelled, "3", Day.AddMonths(1).AddDays(3)),
            TestBilling.Of(BillingEventKind.Resumed, "4", Day.AddMonths(1).AddDays(4)),
            TestBilling.Refund("5", Day.AddMonths(1).AddDays(5), "in_1"),
            TestBilling.Refund("6", Day.AddMonths(1).AddDays(6), "in_2"),
            TestBilling.Paid("7", Day.AddMonths(3), Plan.Premium, Day.AddMonths(4), "in_3"),
            TestBilling.Of(BillingEventKind.Ended, "8", Day.AddMonths(3).AddDays(1)),
        ];

        var after = Enumerable.Range(0, life.Length + 1).Select(count => SubscriptionFold.Of(life.Take(count))).ToArray();

        Assert.Equal(
            [
                Subscription.None,
                new Subscription(Plan.Unlimited, Day.AddMonths(1), Renews: true),
                new Subscription(Plan.Premium, Day.AddMonths(2), Renews: true),
                new Subscription(Plan.Premium, Day.AddMonths(2), Renews: false),
                new Subscription(Plan.Premium, Day.AddMonths(2), Renews: true),

                // The former payment is given back: what the later one paid for stays.
                new Subscription(Plan.Premium, Day.AddMonths(2), Renews: true),
                Subscription.None,
                new Subscription(Plan.Premium, Day.AddMonths(4), Renews: true),
                Subscription.None,
            ],
            after);
    }

    [Fact]
    public void Of_AnyEventsInAnyOrderAndTwice_IsTheSame()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var chance = new Random(seed);
            var events = TestBilling.Any(chance, chance.Next(1, 12));
            var straight = SubscriptionFold.Of(events);
            for (var i = 0; i < 5; i++)
            {
                BillingEvent[] mixed = [.. events, .. events.Where(_ => chance.Next(2) == 0)];
                chance.Shuffle(mixed);
                Assert.True(straight == SubscriptionFold.Of(mixed), $"seed {seed}");
            }
        }
    }

    /// <summary>A year was paid for, then a better plan, and that is given back.</summary>
    [Fact]
    public void Of_WhatIsGivenBack_LeavesWhatWasPaidForBefore()
    {
        BillingEvent[] life =
        [
            TestBilling.Paid("1", Day, Plan.Unlimited, Day.AddYears(1), "in_1"),
            TestBilling.Paid("2", Day.AddMonths(1), Plan.Premium, Day.AddMonths(2), "in_2"),
            TestBilling.Refund("3", Day.AddMonths(1).AddDays(1), "in_2"),
        ];

        Assert.Equal(new Subscription(Plan.Unlimited, Day.AddYears(1), Renews: false), SubscriptionFold.Of(life));
    }

    [Fact]
    public void Of_OfOneMoment_CountsWhatTakesMore()
    {
        var paid = TestBilling.Paid("a", Day, Plan.Premium, Day.AddMonths(1), "in_1");
        var ended = TestBilling.Of(BillingEventKind.Ended, "0", Day);
        var cancelled = TestBilling.Of(BillingEventKind.Cancelled, "0", Day);

        Assert.Equal(Subscription.None, SubscriptionFold.Of([ended, paid]));
        Assert.False(SubscriptionFold.Of([cancelled, paid]).Renews);
    }
}
