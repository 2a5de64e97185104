using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Billing;

/// <summary>
/// All that operators and providers have said of subscriptions, and the subscriptions that follow from it. What is taken is
/// durable, and counts at once at every access point. Safe for many threads.
/// </summary>
internal sealed class BillingLedger(ServiceDatabase database, TimeProvider time)
{
    private const string Columns = "event, subscription, payment, kind, happened, plan, ends, who";

    // Of a subscription: what names it, and what names a payment of it.
    private const string OfSubscription = """
        subscription = @subscription OR (payment <> '' AND payment IN
          (SELECT payment FROM billing_events WHERE subscription = @subscription AND payment <> ''))
        """;

    /// <summary>Takes in what is said.</summary>
    /// <returns>False when it was said before: nothing is changed then.</returns>
    /// <exception cref="AccountException">There is no account of the reference that is said.</exception>
    public bool Take(BillingEvent said) => database.Write(connection => Take(connection, said));

    /// <summary>What was said of the subscriptions of an account, in the order in which it happened.</summary>
    public IReadOnlyList<BillingEvent> List(Account account)
    {
        using var connection = database.Open();
        return [.. ListSubscriptions(connection, account)
            .SelectMany(subscription => EventsOf(connection, subscription))
            .OrderBy(static one => one.Happened).ThenBy(static one => one.Kind)];
    }

    /// <summary>The subscriptions of an account.</summary>
    internal static IReadOnlyList<string> ListSubscriptions(DbConnection connection, Account account) =>
        connection.Query(
            "SELECT subscription FROM subscriptions WHERE account = @account ORDER BY subscription",
            ("@account", account.Id)).All(static row => row.GetString(0));

    /// <summary>By what events name an account.</summary>
    internal static string ReferenceOf(DbConnection connection, Account account) => connection.Query(
        "SELECT reference FROM accounts WHERE id = @id", ("@id", account.Id)).Single(static row => row.GetString(0)) ?? "";

    /// <summary>When what was said last of a subscription happened.</summary>
    internal static DateTimeOffset LastOf(DbConnection connection, string subscription) =>
        EventsOf(connection, subscription).Select(static one => one.Happened).DefaultIfEmpty().Max();

    /// <summary>As <see cref="Take(BillingEvent)"/>, within a change.</summary>
    internal bool Take(DbConnection connection, BillingEvent said)
    {
        if (!Insert(connection, said))
            return false;

        // A refund that comes before its payment counts once that has come.
        var subscription = said.Subscription.Length > 0 ? said.Subscription : FindPaid(connection, said.Payment);
        if (subscription is null)
            return true;

        Settle(connection, subscription);
        if (said.Kind == BillingEventKind.Linked)
            Link(connection, said);

        return true;
    }

    private bool Insert(DbConnection connection, BillingEvent said) => connection.Execute(
        $"""
        INSERT INTO billing_events ({Columns}, received)
        VALUES (@event, @subscription, @payment, @kind, @happened, @plan, @ends, @who, @now) ON CONFLICT (event) DO NOTHING
        """,
        ("@event", said.Id), ("@subscription", said.Subscription), ("@payment", said.Payment), ("@kind", (int)said.Kind),
        ("@happened", said.Happened.ToUnixTimeMilliseconds()), ("@plan", (int)said.Plan),
        ("@ends", said.Ends.ToUnixTimeMilliseconds()), ("@who", said.Account),
        ("@now", time.GetUtcNow().ToUnixTimeMilliseconds())) > 0;

    private static void Settle(DbConnection connection, string subscription)
    {
        var settled = SubscriptionFold.Of(EventsOf(connection, subscription));
        connection.Execute(
            """
            INSERT INTO subscriptions (subscription, plan, ends, renews) VALUES (@subscription, @plan, @ends, @renews)
            ON CONFLICT (subscription) DO UPDATE SET plan = excluded.plan, ends = excluded.ends, renews = excluded.renews
            """,
            ("@subscription", subscription), ("@plan", (int)settled.Plan),
            ("@ends", settled.Ends.ToUnixTimeMilliseconds()), ("@renews", settled.Renews ? 1 : 0));
    }

    // It stays whose it was first: also when that account is gone, and another has its name.
    private static void Link(DbConnection connection, BillingEvent said)
    {
        var account = connection.Query(
            "SELECT id FROM accounts WHERE reference = @reference", ("@reference", said.Account))
            .Single(static row => (long?)row.GetInt64(0))
            ?? throw new AccountException($"There is no account with the reference '{said.Account}'.");
        connection.Execute(
            """
            UPDATE subscriptions SET account = @account, linked = @happened
            WHERE subscription = @subscription AND (linked IS NULL OR linked > @happened)
            """,
            ("@account", account), ("@happened", said.Happened.ToUnixTimeMilliseconds()),
            ("@subscription", said.Subscription));
    }

    private static string? FindPaid(DbConnection connection, string payment) => connection.Query(
        "SELECT subscription FROM billing_events WHERE payment = @payment AND subscription <> '' LIMIT 1",
        ("@payment", payment)).Single(static row => row.GetString(0));

    private static List<BillingEvent> EventsOf(DbConnection connection, string subscription) => connection.Query(
        $"SELECT {Columns} FROM billing_events WHERE {OfSubscription}", ("@subscription", subscription))
        .All(static row => new BillingEvent(row.GetString(0), (BillingEventKind)row.GetInt32(3), TimeOf(row, 4))
        {
            Subscription = row.GetString(1),
            Payment = row.GetString(2),
            Plan = (Plan)row.GetInt32(5),
            Ends = TimeOf(row, 6),
            Account = row.GetString(7),
        });

    private static DateTimeOffset TimeOf(DbDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
