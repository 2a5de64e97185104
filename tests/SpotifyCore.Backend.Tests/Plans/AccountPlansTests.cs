using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Plans;

public abstract class AccountPlansTests : IDisposable
{
    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceDatabase _database;
    private readonly AccountStore _accounts;

    protected AccountPlansTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _accounts = TestAccounts.In(_database, _time);
    }

    [Fact]
    public void Find_InACountryWithoutFree_OffersFreeElsewhereAlone()
    {
        var plans = new AccountPlans(_database, new PlanOptions { CountriesWithoutFree = ["au"] }, _time);
        var ann = _accounts.Add("ann", "correct horse", AccountRoles.Listener, "AU");
        var bob = _accounts.Add("bob", "correct horse", AccountRoles.Listener, "SE");
        var carl = _accounts.Add("carl", "correct horse", AccountRoles.Listener);

        Assert.Equal((false, true, true), (Plays(ann), Plays(bob), Plays(carl)));
        new OperatorPlans(_database, _accounts, new PlanOptions(), _time).Give("ann", Plan.Unlimited, _time.GetUtcNow().AddDays(1));
        Assert.True(Plays(ann));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(Plays(ann));
        _accounts.SetCountry("ann", "SE");
        Assert.True(Plays(ann));

        bool Plays(Account account) =>
            plans.Find(account).EntitlementAt(DeviceKind.Desktop, _time.GetUtcNow()).IsOnDemand;
    }

    [Fact]
    public void Find_OfManyAccounts_GivesEachItsOwn()
    {
        var plans = new AccountPlans(_database, new PlanOptions(), _time);
        var operators = new OperatorPlans(_database, _accounts, new PlanOptions(), _time);
        foreach (var (name, plan) in new[] { ("ann", Plan.Premium), ("bob", Plan.Unlimited) })
        {
            _accounts.Add(name, "correct horse", AccountRoles.Listener);
            operators.Give(name, plan, ends: null);
        }

        var carl = _accounts.Add("carl", "correct horse", AccountRoles.Listener);

        Assert.Equal(
            [Plan.Premium, Plan.Unlimited, Plan.Free],
            new[] { _accounts.Get("ann"), _accounts.Get("bob"), carl }.Select(account =>
                plans.Find(account).EntitlementAt(DeviceKind.Desktop, _time.GetUtcNow()).Plan));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }
}

public sealed class SqliteAccountPlansTests() : AccountPlansTests(new SqliteStore());

public sealed class PostgresAccountPlansTests() : AccountPlansTests(new PostgresStore());
