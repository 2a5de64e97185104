using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Billing.Webhooks;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;
using static SpotifyCore.Backend.Tests.Billing.TestProvider;

namespace SpotifyCore.Backend.Tests.Billing;

/// <summary>What a provider says over HTTP, and what somebody says in its name.</summary>
public abstract class WebhookTests(TestStore store) : IAsyncLifetime
{
    private const string NextSecret = "whsec_next";

    private readonly ManualTimeProvider _time = new();
    private ServiceDatabase _database = null!;
    private WebhookServer _server = null!;
    private TestProvider _provider = null!;
    private Account _ann = null!;
    private string _reference = "";

    private DateTimeOffset Now => _time.GetUtcNow();

    private Plan AnnsPlan => new AccountPlans(_database, new PlanOptions { RenewalGrace = TimeSpan.FromDays(1) }, _time)
        .Find(_ann).EntitlementAt(DeviceKind.Desktop, Now).Plan;

    public async Task InitializeAsync()
    {
        _database = store.Open();
        var accounts = TestAccounts.In(_database, _time);
        _ann = accounts.Add("ann", "correct horse", AccountRoles.Listener);
        _reference = TestAccounts.ReferenceOf(accounts, "ann");
        accounts.Add("bob", "correct horse", AccountRoles.Listener);
        await StartAsync(TestProvider.Secret);
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        _database.Dispose();
        store.Dispose();
    }

    [Fact]
    public async Task Post_TheLifeOfASubscription_GivesThePlanThatIsPaidFor()
    {
        await AcceptedAsync(CheckedOut("evt_1", Now, _reference));
        Assert.Equal(Plan.Free, AnnsPlan);
        await AcceptedAsync(Paid("evt_2", Now, "in_1", "price_premium", Now.AddDays(30)));
        Assert.Equal(Plan.Premium, AnnsPlan);

        // What is to be renewed holds a day longer, as the next payment may be late.
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(Plan.Premium, AnnsPlan);
        await AcceptedAsync(Paid("evt_3", Now, "in_2", "price_unlimited_2", Now.AddDays(30)));
        Assert.Equal(Plan.Unlimited, AnnsPlan);
        await AcceptedAsync(Updated("evt_4", Now.AddSeconds(1), isCancelled: true));
        _time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(Plan.Unlimited, AnnsPlan);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Plan.Free, AnnsPlan);

        await AcceptedAsync(Paid("evt_5", Now, "in_3", "price_premium", Now.AddDays(30)));
        await AcceptedAsync(Refunded("evt_6", Now.AddSeconds(1), "in_3", isWhole: false));
        Assert.Equal(Plan.Premium, AnnsPlan);
        await AcceptedAsync(Refunded("evt_7", Now.AddSeconds(2), "in_3"));
        Assert.Equal(Plan.Free, AnnsPlan);
        await AcceptedAsync(Paid("evt_8", Now.AddSeconds(3), "in_4", "price_premium", Now.AddDays(30)));
        await AcceptedAsync(Deleted("evt_9", Now.AddSeconds(4)));
        Assert.Equal(Plan.Free, AnnsPlan);
    }

    [Fact]
    public async Task Post_TwiceAndOutOfOrder_ChangesNothingMore()
    {
        string[] events =
        [
            CheckedOut("evt_1", Now, _reference),
            Paid("evt_2", Now, "in_1", "price_unlimited_2", Now.AddDays(30)),
            Paid("evt_3", Now.AddDays(30), "in_2", "price_premium", Now.AddDays(60)),
            Deleted("evt_0", Now.AddDays(-1)),
        ];
        foreach (var one in events.Reverse())
            await AcceptedAsync(one);

        Assert.Equal(Plan.Premium, AnnsPlan);
        await AcceptedAsync(Refunded("evt_4", Now.AddDays(31), "in_2"));
        Assert.Equal(Plan.Unlimited, AnnsPlan);

        // Sent again, as by who saw no answer: the refund stays, and what was paid for before.
        foreach (var one in events)
            await AcceptedAsync(one);

        Assert.Equal(Plan.Unlimited, AnnsPlan);
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(Plan.Free, AnnsPlan);
        Assert.Equal(5, new BillingLedger(_database, _time).List(_ann).Count);
    }

    /// <summary>Its events name subscriptions elsewhere: taken as of nobody they would be lost, and a payment with them.</summary>
    [Theory]
    [InlineData("2025-03-31.basil")]
    [InlineData("2026-01-28.clover")]
    public async Task Post_OfALaterVersionOfTheApi_IsToBeSentAgain(string version)
    {
        var paid = JsonNode.Parse(Event("evt_1", "invoice.paid", Now, new JsonObject { ["id"] = "in_1" }))!;
        paid["api_version"] = version;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await _provider.SendAsync(paid.ToJsonString()));
        paid["type"] = "customer.created";
        Assert.Equal(HttpStatusCode.OK, await _provider.SendAsync(paid.ToJsonString()));
        paid["type"] = "customer.subscription.deleted";
        paid["api_version"] = "2024-06-20";
        Assert.Equal(HttpStatusCode.OK, await _provider.SendAsync(paid.ToJsonString()));
    }

    [Fact]
    public async Task Post_HalfACharacter_IsNoEvent()
    {
        var body = Deleted("evt_1", Now).Replace("evt_1", "\\ud800", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, await _provider.SendAsync(body));
    }

    [Fact]
    public async Task Post_ManyAtOnce_CountsEachOnce()
    {
        await AcceptedAsync(CheckedOut("evt_1", Now, _reference));
        var paid = Paid("evt_2", Now, "in_1", "price_premium", Now.AddDays(30));

        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _provider.SendAsync(paid))),
            static status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(2, new BillingLedger(_database, _time).List(_ann).Count);
    }

    [Fact]
    public async Task Post_ForgedOrKeptForLater_IsRefusedAndChangesNothing()
    {
        var paid = Paid("evt_1", Now, "in_1", "price_premium", Now.AddDays(30));
        var good = Sign(paid, Now, TestProvider.Secret);
        var other = Paid("evt_1", Now, "in_1", "price_premium", Now.AddDays(3_000));
        await AcceptedAsync(CheckedOut("evt_0", Now, _reference));

        foreach (var signature in new[]
        {
            null, "", "t=1", good[..^1], good[..^1] + (good[^1] == '0' ? '1' : '0'), good.ToUpperInvariant(),
            Sign(paid, Now, "whsec_guessed"), Sign(paid, Now, ""), Sign(other, Now, TestProvider.Secret),
            good.Replace("v1=", "v0=", StringComparison.Ordinal), good + $",t={Now.AddMinutes(1).ToUnixTimeSeconds()}",
            Sign(paid, Now.AddSeconds(-301), TestProvider.Secret), Sign(paid, Now.AddSeconds(301), TestProvider.Secret),
            good.Replace("t=", "t=-", StringComparison.Ordinal), new string('x', 2_000),
        })
            Assert.Equal(HttpStatusCode.BadRequest, await _provider.SendAsync(paid, signature));

        Assert.Equal(HttpStatusCode.BadRequest, await _provider.SendAsync(other, good));
        _time.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(HttpStatusCode.BadRequest, await _provider.SendAsync(paid, good));
        Assert.Equal(Plan.Free, AnnsPlan);
        Assert.Equal(HttpStatusCode.OK, await _provider.SendAsync(paid));
    }

    [Fact]
    public async Task Post_WhileTheSecretChanges_TakesTheFormerAndTheNextAndThenThatAlone()
    {
        await StopAsync();
        await StartAsync(TestProvider.Secret, NextSecret);
        var one = CheckedOut("evt_1", Now, _reference);
        foreach (var secrets in new[] { new[] { TestProvider.Secret }, [NextSecret], ["whsec_other", NextSecret] })
            Assert.Equal(HttpStatusCode.OK, await _provider.SendAsync(one, Sign(one, Now, secrets)));

        await StopAsync();
        await StartAsync(NextSecret);
        Assert.Equal(HttpStatusCode.BadRequest, await _provider.SendAsync(one, Sign(one, Now, TestProvider.Secret)));
        Assert.Equal(HttpStatusCode.OK, await _provider.SendAsync(one, Sign(one, Now, NextSecret)));
    }

    [Fact]
    public async Task Post_WhatCantBeTakenYet_IsToBeSentAgain()
    {
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            await _provider.SendAsync(Paid("evt_1", Now, "in_1", "price_unknown", Now.AddDays(30))));

        // Of nobody; a name is none's, as another may have it next.
        foreach (var account in new[] { new string('0', 32), "ann" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await _provider.SendAsync(CheckedOut("evt_2", Now, account)));

        await AcceptedAsync(CheckedOut("evt_2", Now, _reference));
    }

    [Fact]
    public async Task Post_WhatIsNoEventOfOurs_IsRefusedOrPassedOver()
    {
        foreach (var wrong in new[]
        {
            "", "{", "[]", "null", "{}", """{"id":"evt_1","type":7}""", """{"id":"evt_1","type":"invoice.paid","data":{}}""",
            Deleted("", Now), Deleted(new string('x', 256), Now), CheckedOut("evt_1", Now, _reference, "operator-1"),
            Deleted("evt_1", Now).Replace("\"created\":", "\"created\":-", StringComparison.Ordinal),
            Deleted("evt_1", Now).Replace("\"sub_1\"", "[\"sub_1\"]", StringComparison.Ordinal),
        })
            Assert.Equal(HttpStatusCode.BadRequest, await _provider.SendAsync(wrong));

        await AcceptedAsync(Event("evt_2", "customer.created", Now, []));
        await AcceptedAsync(Event("evt_3", "invoice.paid", Now, new JsonObject { ["subscription"] = null }));
        Assert.Empty(new BillingLedger(_database, _time).List(_ann));
    }

    [Fact]
    public async Task Post_TooMuchOrElsewhere_IsRefused()
    {
        var large = new string(' ', WebhookCalls.MaxBytes) + CheckedOut("evt_1", Now, _reference);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await _provider.SendAsync(large));
        Assert.Equal(HttpStatusCode.NotFound, await _provider.SendAsync("{}", null, "/billing"));
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed, await _provider.SendAsync("{}", null, method: HttpMethod.Put));
        await AcceptedAsync(CheckedOut("evt_2", Now, _reference));
    }

    private async Task AcceptedAsync(string body) => Assert.Equal(HttpStatusCode.OK, await _provider.SendAsync(body));

    private async Task StartAsync(params string[] secrets)
    {
        var options = new BillingOptions
        {
            Listen = "http://127.0.0.1:0",
            Secrets = secrets,
            Prices = ["price_premium=premium", "price_unlimited=Unlimited", "price_unlimited_2=unlimited"],
        };
        _server = new WebhookServer(
            options, new BillingLedger(_database, _time), _time, NullLoggerFactory.Instance);
        await _server.StartAsync(CancellationToken.None);
        _provider = new TestProvider(_time, _server.Address);
    }

    private async Task StopAsync()
    {
        _provider.Dispose();
        await _server.DisposeAsync();
    }
}

public sealed class SqliteWebhookTests() : WebhookTests(new SqliteStore());

public sealed class PostgresWebhookTests() : WebhookTests(new PostgresStore());
