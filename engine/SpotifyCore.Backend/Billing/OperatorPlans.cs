using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Billing;

/// <summary>The operator's hand in plans: gives them, ends them, and sees what was said of them. Safe for many threads.</summary>
public sealed class OperatorPlans(
    ServiceDatabase database, AccountStore accounts, PlanOptions options, TimeProvider time)
{
    /// <summary>What subscriptions of the operator's hand begin with; a provider's may not.</summary>
    internal const string Prefix = "operator-";

    private readonly BillingLedger _ledger = new(database, time);

    /// <summary>
    /// Gives an account a plan until some time, in place of what the operator gave it before; what it pays for stays.
    /// Durable when this returns.
    /// </summary>
    /// <param name="name">The account.</param>
    /// <param name="plan">Unlimited or Premium.</param>
    /// <param name="ends">When that is over; null for never.</param>
    /// <exception cref="AccountException">There is no such account.</exception>
    public void Give(string name, Plan plan, DateTimeOffset? ends)
    {
        var account = accounts.Get(name);
        database.Write(connection =>
        {
            var given = BillingLedger.ListSubscriptions(connection, account)
                .FirstOrDefault(static one => one.StartsWith(Prefix, StringComparison.Ordinal));
            var subscription = given ?? NewId();
            if (given is null)
            {
                _ledger.Take(connection, Say(connection, BillingEventKind.Linked, subscription) with
                {
                    Account = BillingLedger.ReferenceOf(connection, account),
                });
            }

            return _ledger.Take(connection, Say(connection, BillingEventKind.Paid, subscription) with
            {
                Plan = plan, Ends = ends ?? Subscription.NoEnd,
            });
        });
    }

    /// <summary>
    /// Ends all plans of an account at once, those that it pays for with them: it is Free, until it pays again. Durable
    /// when this returns.
    /// </summary>
    /// <exception cref="AccountException">There is no such account.</exception>
    public void End(string name)
    {
        var account = accounts.Get(name);
        database.Write(connection => BillingLedger.ListSubscriptions(connection, account)
            .Count(subscription => _ledger.Take(connection, Say(connection, BillingEventKind.Ended, subscription))));
    }

    /// <summary>What was said of an account's plans, a line an event, in the order in which it happened.</summary>
    /// <exception cref="AccountException">There is no such account.</exception>
    public IReadOnlyList<string> List(string name) =>
        [.. _ledger.List(accounts.Get(name)).Select(LineOf)];

    /// <summary>Which plan an account has now, and what of it was given and what is paid for.</summary>
    /// <exception cref="AccountException">There is no such account.</exception>
    public PlansNow Find(string name)
    {
        var account = accounts.Get(name);
        using var connection = database.Open();
        var rows = connection.Query(
            "SELECT subscription, plan, ends, renews FROM subscriptions WHERE account = @account",
            ("@account", account.Id))
            .All(static row => (
                IsGiven: row.GetString(0).StartsWith(Prefix, StringComparison.Ordinal),
                Subscription: new Subscription(
                    (Plan)row.GetInt32(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.GetInt32(3) != 0)));
        var inForce = rows.Where(one => one.Subscription.LapseAfter(options.RenewalGrace) > time.GetUtcNow())
            .OrderByDescending(static one => one.Subscription.Plan).ThenByDescending(static one => one.Subscription.Ends)
            .ToArray();
        return new PlansNow(HeldOf(isGiven: true), HeldOf(isGiven: false));

        HeldPlan? HeldOf(bool isGiven) => inForce.Where(one => one.IsGiven == isGiven)
            .Select(static one => new HeldPlan(
                one.Subscription.Plan, one.Subscription.Ends == Subscription.NoEnd ? null : one.Subscription.Ends))
            .FirstOrDefault();
    }

    private static string NewId() => $"{Prefix}{Guid.NewGuid():N}";

    // What the operator says counts after all that was said before, whatever others' clocks say.
    private BillingEvent Say(DbConnection connection, BillingEventKind kind, string subscription)
    {
        var (now, last) = (time.GetUtcNow(), BillingLedger.LastOf(connection, subscription).AddMilliseconds(1));
        return new BillingEvent(NewId(), kind, now > last ? now : last) { Subscription = subscription };
    }

    private static string LineOf(BillingEvent said) =>
        $"{said.Happened:yyyy-MM-dd HH:mm:ss}  {said.Kind.ToString().ToLowerInvariant(),-9}"
        + (said.Kind == BillingEventKind.Paid
            ? $"  {said.Plan.ToString().ToLowerInvariant()}"
                + (said.Ends == Subscription.NoEnd ? "" : $" until {said.Ends:yyyy-MM-dd HH:mm}")
            : "")
        + $"  {(said.Subscription.Length > 0 ? said.Subscription : said.Payment)}";
}
