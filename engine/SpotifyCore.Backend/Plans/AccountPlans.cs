using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Contracts;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Plans;

/// <summary>Which plans accounts have. Safe for many threads; what was told of a plan counts at once.</summary>
/// <param name="database">Where subscriptions rest.</param>
/// <param name="options">What plans are like here.</param>
/// <param name="time">The clock.</param>
internal sealed class AccountPlans(ServiceDatabase database, PlanOptions options, TimeProvider time)
{
    /// <summary>What the client of a session may do now.</summary>
    public SessionPlan Of(Session session) => new(Find(session.Account), session.Kind, time.GetUtcNow());

    /// <summary>What an account has.</summary>
    public AccountPlan Find(Account account)
    {
        using var connection = database.Open();
        var rows = connection.Query(
            """
            SELECT a.country, s.plan, s.ends, s.renews
            FROM accounts a LEFT JOIN subscriptions s ON s.account = a.id WHERE a.id = @id
            """,
            ("@id", account.Id))
            .All(static row => (
                Country: row.GetString(0),
                Subscription: row.IsDBNull(1) ? (Subscription?)null : new Subscription(
                    (Plan)row.GetInt32(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
                    row.GetInt32(3) != 0)));
        var isFreeOffered = rows is not [var first, ..]
            || !options.CountriesWithoutFree.Contains(first.Country, StringComparer.OrdinalIgnoreCase);
        return new AccountPlan(
            [.. rows.Select(static row => row.Subscription).OfType<Subscription>()], isFreeOffered, options.RenewalGrace);
    }
}
