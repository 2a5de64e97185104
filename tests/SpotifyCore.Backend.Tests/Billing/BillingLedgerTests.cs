using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Billing;

public abstract class BillingLedgerTests : AccountCase
{
    private readonly BillingLedger _ledger;
    private readonly OperatorPlans _operator;

    protected BillingLedgerTests(TestStore store)
        : base(store)
    {
        _ledger = new BillingLedger(Database, Time);
        _operator = new OperatorPlans(Database, Accounts, new PlanOptions(), Time);
    }

    private DateTimeOffset Now => Time.GetUtcNow();

    [Fact]
    public void Take_AnyOrderAndTwice_EndsTheSame()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var chance = new Random(seed);
            var events = TestBilling.Any(chance, 7);
            BillingEvent[] all = [TestBilling.Of(BillingEventKind.Linked, "link", Now) with { Account = ReferenceOf("ann") }, .. events];
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
                (Ann.Id, (int)settled.Plan, settled.Ends.ToUnixTimeMilliseconds(), settled.Renews ? 1 : 0),
                rows[$"sub_1b{seed}"]);
        }
    }

    [Fact]
    public void Take_WhatIsPaidBeforeItIsKnownWhose_CountsOnceItIs()
    {
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));
        Assert.Equal(Plan.Free, PlanOf(Ann));

        _ledger.Take(Link("ann", Now.AddSeconds(-1)));

        Assert.Equal(Plan.Premium, PlanOf(Ann));
        Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(Plan.Free, PlanOf(Ann));
    }

    [Fact]
    public void Take_ARefundBeforeItsPayment_GivesNothingBeyondIt()
    {
        _ledger.Take(Link("ann", Now));
        _ledger.Take(TestBilling.Refund("back", Now.AddHours(1), "in_1"));
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));

        Assert.Equal(Plan.Free, PlanOf(Ann));
    }

    [Fact]
    public void Take_LinkToAnotherAccount_LeavesItWhoseItWasFirst()
    {
        var bob = Accounts.Add("bob", "correct horse", AccountRoles.Listener);
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));
        _ledger.Take(Link("bob", Now.AddSeconds(5), "later"));
        _ledger.Take(Link("ann", Now, "first"));
        _ledger.Take(Link("bob", Now.AddSeconds(9), "last"));

        Assert.Equal((Plan.Premium, Plan.Free), (PlanOf(Ann), PlanOf(bob)));
    }

    [Fact]
    public void Take_LinkToNobody_ChangesNothingAndMayComeAgain()
    {
        var nobodys = TestBilling.Of(BillingEventKind.Linked, "link", Now) with { Account = new string('0', 32) };
        Assert.Throws<AccountException>(() => _ledger.Take(nobodys));

        var carl = Accounts.Add("carl", "correct horse", AccountRoles.Listener);
        Assert.True(_ledger.Take(Link("carl", Now)));
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Unlimited, Now.AddDays(30), "in_1"));
        Assert.Equal(Plan.Unlimited, PlanOf(carl));
    }

    [Fact]
    public void Take_ByNameInPlaceOfTheReference_IsOfNobody()
    {
        var named = Link("ann", Now) with { Account = "ann" };

        Assert.Throws<AccountException>(() => _ledger.Take(named));
    }

    [Fact]
    public void Take_OfASubscriptionThatWasLinkedByName_GoesOn()
    {
        _ledger.Take(Link("ann", Now));
        using (var connection = Database.Open())
            connection.Execute("UPDATE billing_events SET who = 'ann'");

        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));

        Assert.Equal(Plan.Premium, PlanOf(Ann));
        Assert.False(_ledger.Take(Link("ann", Now)));
    }

    [Fact]
    public void Take_OfAnAccountThatWasRenamed_IsItsOwnStill()
    {
        var linked = Link("ann", Now);
        Accounts.Rename("ann", "anna");
        var other = Accounts.Add("ann", "correct horse", AccountRoles.Listener);

        _ledger.Take(linked);
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));

        Assert.Equal((Plan.Premium, Plan.Free), (PlanOf(Ann), PlanOf(other)));
    }

    [Fact]
    public void Take_OfAnAccountThatIsGone_GivesTheNextOfItsNameNothing()
    {
        var linked = Link("ann", Now);
        _ledger.Take(linked);
        _ledger.Take(TestBilling.Paid("paid", Now, Plan.Premium, Now.AddDays(30), "in_1"));
        _operator.Give("ann", Plan.Premium, ends: null);
        Accounts.Remove("ann");
        var other = Accounts.Add("ann", "correct horse", AccountRoles.Listener);

        Assert.Throws<AccountException>(() => _ledger.Take(linked with { Id = "again" }));
        _ledger.Take(Link("ann", Now.AddDays(1), "anew"));
        _ledger.Take(TestBilling.Paid("renewed", Now.AddDays(30), Plan.Premium, Now.AddDays(60), "in_2"));

        Assert.Equal(Plan.Free, PlanOf(other));
        Assert.Empty(_operator.List("ann"));
    }

    [Fact]
    public void Give_AgainAndAgain_IsWhatTheOperatorSaidLast()
    {
        _operator.Give("ann", Plan.Premium, ends: null);
        Assert.Equal((Plan.Premium, Subscription.NoEnd), (PlanOf(Ann), EntitlementOf(Ann).Until));
        _operator.Give("Ann", Plan.Unlimited, Now.AddDays(2));
        Assert.Equal((Plan.Unlimited, Now.AddDays(2)), (PlanOf(Ann), EntitlementOf(Ann).Until));
        _operator.End("ann");
        Assert.Equal(Plan.Free, PlanOf(Ann));
        _operator.Give("ann", Plan.Premium, Now.AddDays(1));
        Assert.Equal(Plan.Premium, PlanOf(Ann));

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
        Assert.Equal(Plan.Free, PlanOf(Ann));

        _ledger.Take(TestBilling.Paid("renewed", Now.AddDays(30), Plan.Premium, Now.AddDays(60), "in_2"));
        Assert.Equal(Plan.Premium, PlanOf(Ann));
    }

    private BillingEvent Link(string account, DateTimeOffset happened, string id = "link") =>
        TestBilling.Of(BillingEventKind.Linked, id, happened) with { Account = ReferenceOf(account) };

    private string ReferenceOf(string name) => TestAccounts.ReferenceOf(Accounts, name);

    private static BillingEvent[] Named(IEnumerable<BillingEvent> events, string name) => [.. events.Select(one => one with
    {
        Id = one.Id + name,
        Subscription = one.Subscription.Length > 0 ? one.Subscription + name : "",
        Payment = one.Payment.Length > 0 ? one.Payment + name : "",
    })];

    private Plan PlanOf(Account account) => EntitlementOf(account).Plan;

    private Entitlement EntitlementOf(Account account) => new AccountPlans(Database, new PlanOptions(), Time)
        .Find(account).EntitlementAt(DeviceKind.Desktop, Now);

    private Dictionary<string, (long, int, long, int)> Rows()
    {
        using var connection = Database.Open();
        return connection.Query("SELECT subscription, account, plan, ends, renews FROM subscriptions")
            .All(static row => (row.GetString(0), (row.GetInt64(1), row.GetInt32(2), row.GetInt64(3), row.GetInt32(4))))
            .ToDictionary();
    }
}

public sealed class SqliteBillingLedgerTests() : BillingLedgerTests(new SqliteStore());

public sealed class PostgresBillingLedgerTests() : BillingLedgerTests(new PostgresStore());
