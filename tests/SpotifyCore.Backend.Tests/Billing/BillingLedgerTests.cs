using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Billing;

public abstract class BillingLedgerTests : IDisposable
{
    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceDatabase _database;
    private readonly AccountStore _accounts;
    private readonly BillingLedger _ledger;
    private readonly OperatorPlans _operator;
    private readonly Account _ann;

    protected BillingLedgerTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _accounts = TestAccounts.In(_database, _time);
        _ledger = new BillingLedger(_database, _time);
        _operator = new OperatorPlans(_database, _accounts, _time);
        _ann = _accounts.Add("ann", "correct horse", AccountRoles.Listener);
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void Take_AnyOrderAndTwice_EndsTheSame()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var chance = new Random(seed);
            var events = TestBilling.Any(chance, 7);
            BillingEvent[] all = [TestBilling.Of(BillingEventKind.Linked, "link", Now) with { Account = "ann" }, .. events];
            var (straight, mixed) = (Named(all, $"a{seed}"), Named(all, $"b{seed}"));
            chance.Shuffle(mixed);

            Assert.All(straight, one => Assert.True(_ledger.Take(one)));
            foreach (var one in mixed)
            {
                Assert.True(_ledger.Take(one));
                Assert.False(_ledger.Take(mixed[chance.Next(Array.IndexOf(mixed, one) + 1)]));
            }

            var rows = Rows();
            Assert.Equal(rows[$"sub_1a{seed}"], rows[$"sub_1b{seed}"]);
            var settled = SubscriptionFold.Of(events);
            Assert.Equal(
                (_ann.Id, (int)settled.Plan, settled.Ends.ToUnixTimeMilliseconds(), settled.Renews ? 1 : 0),
                rows[$"sub_1b{seed}"]);
        }
    }

    [Fact]
    public void Take_WhatIsPaidBeforeItIsKnownWhose_CountsOnceItIs()
    {
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));
        Assert.Equal(Plan.Free, PlanOf(_ann));

        _ledger.Take(Link("ann", Now.AddSeconds(-1)));

        Assert.Equal(Plan.Premium, PlanOf(_ann));
        _time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(Plan.Free, PlanOf(_ann));
    }

    [Fact]
    public void Take_ARefundBeforeItsPayment_GivesNothingBeyondIt()
    {
        _ledger.Take(Link("ann", Now));
        _ledger.Take(TestBilling.Refund("back", Now.AddHours(1), "in_1"));
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));

        Assert.Equal(Plan.Free, PlanOf(_ann));
    }

    [Fact]
    public void Take_LinkToAnotherAccount_LeavesItWhoseItWasFirst()
    {
        var bob = _accounts.Add("bob", "correct horse", AccountRoles.Listener);
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));
        _ledger.Take(Link("bob", Now.AddSeconds(5), "later"));
        _ledger.Take(Link("ann", Now, "first"));
        _ledger.Take(Link("bob", Now.AddSeconds(9), "last"));

        Assert.Equal((Plan.Premium, Plan.Free), (PlanOf(_ann), PlanOf(bob)));
    }

    [Fact]
    public void Take_LinkToNobody_ChangesNothingAndMayComeAgain()
    {
        Assert.Throws<AccountException>(() => _ledger.Take(Link("carl", Now)));

        var carl = _accounts.Add("carl", "correct horse", AccountRoles.Listener);
        Assert.True(_ledger.Take(Link("carl", Now)));
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Unlimited, Now.AddDays(30), "in_1"));
        Assert.Equal(Plan.Unlimited, PlanOf(carl));
    }

    [Fact]
    public void Take_OfAnAccountThatIsGone_GivesTheNextOfItsNameNothing()
    {
        _ledger.Take(Link("ann", Now));
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));
        _operator.Give("ann", Plan.Premium, ends: null);
        _accounts.Remove("ann");
        var other = _accounts.Add("ann", "correct horse", AccountRoles.Listener);

        _ledger.Take(Link("ann", Now.AddDays(1), "again"));
        _ledger.Take(TestBilling.Paid("renewed", Now.AddDays(30), Plan.Premium, Now.AddDays(60), "in_2"));

        Assert.Equal(Plan.Free, PlanOf(other));
        Assert.Empty(_operator.List("ann"));
    }

    [Fact]
    public void Give_AgainAndAgain_IsWhatTheOperatorSaidLast()
    {
        _operator.Give("ann", Plan.Premium, ends: null);
        Assert.Equal((Plan.Premium, Subscription.NoEnd), (PlanOf(_ann), EntitlementOf(_ann).Until));
        _operator.Give("Ann", Plan.Unlimited, Now.AddDays(2));
        Assert.Equal((Plan.Unlimited, Now.AddDays(2)), (PlanOf(_ann), EntitlementOf(_ann).Until));
        _operator.End("ann");
        Assert.Equal(Plan.Free, PlanOf(_ann));
        _operator.Give("ann", Plan.Premium, Now.AddDays(1));
        Assert.Equal(Plan.Premium, PlanOf(_ann));

        Assert.Equal(
            ["linked", "paid", "paid", "ended", "paid"],
            _operator.List("ann").Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]));
        Assert.Throws<AccountException>(() => _operator.Give("bob", Plan.Premium, ends: null));
        Assert.Throws<AccountException>(() => _operator.End("bob"));
    }

    [Fact]
    public void End_WhatIsPaidFor_EndsUntilItIsPaidForAgain()
    {
        _ledger.Take(Link("ann", Now));
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));

        _operator.End("ann");
        Assert.Equal(Plan.Free, PlanOf(_ann));

        _ledger.Take(TestBilling.Paid("renewed", Now.AddDays(30), Plan.Premium, Now.AddDays(60), "in_2"));
        Assert.Equal(Plan.Premium, PlanOf(_ann));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private static BillingEvent Link(string account, DateTimeOffset happened, string id = "link") =>
        TestBilling.Of(BillingEventKind.Linked, id, happened) with { Account = account };

    private static BillingEvent[] Named(IEnumerable<BillingEvent> events, string name) => [.. events.Select(one => one with
    {
        Id = one.Id + name,
        Subscription = one.Subscription.Length > 0 ? one.Subscription + name : "",
        Payment = one.Payment.Length > 0 ? one.Payment + name : "",
    })];

    private Plan PlanOf(Account account) => EntitlementOf(account).Plan;

    private Entitlement EntitlementOf(Account account) => new AccountPlans(_database, new PlanOptions(), _time)
        .Find(account).EntitlementAt(DeviceKind.Desktop, Now);

    private Dictionary<string, (long, int, long, int)> Rows()
    {
        using var connection = _database.Open();
        return connection.Query("SELECT subscription, account, plan, ends, renews FROM subscriptions")
            .All(static row => (row.GetString(0), (row.GetInt64(1), row.GetInt32(2), row.GetInt64(3), row.GetInt32(4))))
            .ToDictionary();
    }
}

public sealed class SqliteBillingLedgerTests() : BillingLedgerTests(new SqliteStore());

public sealed class PostgresBillingLedgerTests() : BillingLedgerTests(new PostgresStore());
