using SpotifyCore.Backend.Plans;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Plans;

public sealed class AccountPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(Plan.Free, DeviceKind.Desktop, "on demand, adverts, 160, peers")]
    [InlineData(Plan.Free, DeviceKind.Phone, "radio, adverts, 160, servers")]
    [InlineData(Plan.Unlimited, DeviceKind.Desktop, "on demand, no adverts, 160, peers")]
    [InlineData(Plan.Unlimited, DeviceKind.Phone, "radio, no adverts, 160, servers")]
    [InlineData(Plan.Premium, DeviceKind.Desktop, "on demand, no adverts, 320, peers, offline")]
    [InlineData(Plan.Premium, DeviceKind.Phone, "on demand, no adverts, 320, servers")]
    [InlineData(Plan.Free, DeviceKind.Unspecified, "on demand, adverts, 160, peers")]
    public void EntitlementAt_PlanAndDevice_AreAsTheOriginalSoldThem(Plan plan, DeviceKind device, string entitled)
    {
        var account = Of(new Subscription(plan, Subscription.NoEnd, Renews: false));

        Assert.Equal(entitled, Describe(account.EntitlementAt(device, Now)));
        Assert.Equal(plan, account.EntitlementAt(device, Now).Plan);
    }

    [Theory]
    [InlineData(Plan.Free, DeviceKind.Desktop, false)]
    [InlineData(Plan.Free, DeviceKind.Phone, false)]
    [InlineData(Plan.Unlimited, DeviceKind.Desktop, true)]
    [InlineData(Plan.Premium, DeviceKind.Phone, true)]
    public void EntitlementAt_CountryWithoutFree_PlaysForWhoPaysAlone(Plan plan, DeviceKind device, bool plays)
    {
        var account = new AccountPlan(
            [new Subscription(plan, Now.AddDays(1), Renews: false)], isFreeOffered: false, Grace);

        Assert.Equal((plays, plays), (
            account.EntitlementAt(device, Now).IsOffered, account.EntitlementAt(device, Now).IsOnDemand));
        Assert.False(account.EntitlementAt(device, Now.AddDays(1)).IsOnDemand);
    }

    [Fact]
    public void EntitlementAt_NothingDone_LapsesByTheClock()
    {
        var ends = Now.AddDays(3);
        var cancelled = Of(new Subscription(Plan.Premium, ends, Renews: false));
        var late = Of(new Subscription(Plan.Premium, ends, Renews: true));

        Assert.Equal((Plan.Premium, ends), PlanAt(cancelled, ends.AddTicks(-1)));
        Assert.Equal((Plan.Free, Subscription.NoEnd), PlanAt(cancelled, ends));
        Assert.Equal((Plan.Premium, ends + Grace), PlanAt(late, ends));
        Assert.Equal((Plan.Free, Subscription.NoEnd), PlanAt(late, ends + Grace));
    }

    [Fact]
    public void EntitlementAt_SeveralPlans_IsByTheBestThatIsPaidForThen()
    {
        var account = Of(
            new Subscription(Plan.Unlimited, Now.AddDays(30), Renews: false),
            new Subscription(Plan.Premium, Now.AddDays(2), Renews: false),
            new Subscription(Plan.Premium, Now.AddDays(7), Renews: false),
            Subscription.None);

        Assert.Equal((Plan.Premium, Now.AddDays(7)), PlanAt(account, Now));
        Assert.Equal((Plan.Unlimited, Now.AddDays(30)), PlanAt(account, Now.AddDays(7)));
        Assert.Equal((Plan.Free, Subscription.NoEnd), PlanAt(account, Now.AddDays(30)));
    }

    [Fact]
    public void HoldsUntil_WhatSeveralPlansGive_IsTheLastOfThem()
    {
        var account = Of(
            new Subscription(Plan.Unlimited, Now.AddDays(30), Renews: false),
            new Subscription(Plan.Premium, Now.AddDays(7), Renews: false));

        Assert.Equal(Now.AddDays(7), Until(DeviceKind.Phone, static one => one.IsOnDemand));
        Assert.Equal(Now.AddDays(30), Until(DeviceKind.Desktop, static one => !one.HasAdverts));
        Assert.Equal(Subscription.NoEnd, Until(DeviceKind.Desktop, static one => one.Allows(160_000)));
        Assert.Equal(Now.AddDays(7), Until(DeviceKind.Desktop, static one => one.Allows(320_000)));
        Assert.Equal(Now, Until(DeviceKind.Phone, static one => one.UsesPeers));

        DateTimeOffset Until(DeviceKind device, Func<Entitlement, bool> holds) =>
            account.HoldsUntil(device, holds, Now);
    }

    private static AccountPlan Of(params Subscription[] subscriptions) => new(subscriptions, isFreeOffered: true, Grace);

    private static (Plan Plan, DateTimeOffset Until) PlanAt(AccountPlan account, DateTimeOffset now)
    {
        var entitlement = account.EntitlementAt(DeviceKind.Desktop, now);
        return (entitlement.Plan, entitlement.Until);
    }

    private static string Describe(Entitlement entitlement) =>
        (entitlement.IsOnDemand ? "on demand" : "radio")
        + (entitlement.HasAdverts ? ", adverts" : ", no adverts")
        + $", {entitlement.MaxBitsPerSecond / 1_000}"
        + (entitlement.UsesPeers ? ", peers" : ", servers")
        + (entitlement.KeepsOffline ? ", offline" : "");
}
