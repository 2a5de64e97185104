using System.Globalization;
using System.Security.Cryptography;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Testing.Power;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>The power goes while the access point writes, at every moment there is.</summary>
public sealed class ServicePowerLossTests
{
    private const int Changes = 3;
    private static readonly byte[] Plaintext = SHA256.HashData("plaintext"u8);

    [Fact]
    public Task Accounts_Acknowledged_Survive() => RunAsync(
        static scenario =>
        {
            using var database = Open(scenario.Root);
            var accounts = TestAccounts.In(database);
            for (var i = 0; i < Changes; i++)
            {
                accounts.Add($"ann{i}", "correct horse", AccountRoles.Listener);
                scenario.Acknowledge($"ann{i}");
            }

            return Task.CompletedTask;
        },
        static (directory, acknowledged) =>
        {
            using var database = Open(directory);
            database.ThrowIfDamaged();
            var names = TestAccounts.In(database).List().Select(entry => entry.Account.Name);
            return !acknowledged.Except(names).Any();
        });

    [Fact]
    public Task Sessions_Acknowledged_Survive() => RunAsync(
        static scenario =>
        {
            using var database = Open(scenario.Root);
            var account = TestAccounts.In(database)
                .Add("ann", "correct horse", AccountRoles.Listener);
            for (ulong i = 0; i < Changes; i++)
                scenario.Acknowledge(Sessions(database).Open(account, new PeerId(i)).Token);

            return Task.CompletedTask;
        },
        static (directory, acknowledged) =>
        {
            using var database = Open(directory);
            return acknowledged.All(token => Sessions(database).Find(token) is not null);
        });

    [Fact]
    public Task Catalogue_Acknowledged_Survives() => RunAsync(
        static scenario =>
        {
            using var database = Open(scenario.Root);
            ContentKeys.Open(Path.Combine(DataIn(scenario.Root), "secret"), database);
            for (var seed = 0; seed < Changes; seed++)
            {
                new CatalogueWriter(database, TimeProvider.System).Add(NewTrackReader.Read(TestTracks.Request(seed, "Title")));
                scenario.Acknowledge(seed.ToString(CultureInfo.InvariantCulture));
            }

            return Task.CompletedTask;
        },
        static (directory, acknowledged) =>
        {
            using var database = Open(directory);
            ContentKeys.Open(Path.Combine(DataIn(directory), "secret"), database);
            return acknowledged.All(seed => new CatalogueReader(database)
                .FindTrack(TestTracks.TrackOf(int.Parse(seed, CultureInfo.InvariantCulture))) is not null);
        });

    [Fact]
    public Task Mends_Acknowledged_Survive() => RunAsync(
        static scenario =>
        {
            using var database = Open(scenario.Root);
            var mender = new CatalogueMender(database, TimeProvider.System);
            new CatalogueWriter(database, TimeProvider.System).Add(NewTrackReader.Read(TestTracks.Request(0, "Title")));
            for (var i = 1; i <= Changes; i++)
            {
                var title = i.ToString(CultureInfo.InvariantCulture);
                mender.Edit(TestTracks.TrackOf(0).ToString(), new EntryEdit { Title = title }, "import");
                scenario.Acknowledge(title);
            }

            return Task.CompletedTask;
        },
        static (directory, acknowledged) =>
        {
            using var database = Open(directory);
            database.ThrowIfDamaged();
            if (acknowledged.Count == 0)
                return true;

            // What was not acknowledged may be there: with its line in the log.
            var title = new CatalogueReader(database).FindTrack(TestTracks.TrackOf(0))!.Title;
            var logged = new EntryReader(database).ListMends(0, 10).Mends;
            return int.Parse(title, CultureInfo.InvariantCulture) == logged.Count && logged.Count >= acknowledged.Count;
        });

    /// <summary>What a provider was told is taken is not sent again: it must be there, with the plan that follows.</summary>
    [Fact]
    public Task BillingEvents_Acknowledged_Survive() => RunAsync(
        static scenario =>
        {
            using var database = Open(scenario.Root);
            var ledger = new BillingLedger(database, TimeProvider.System);
            for (var i = 1; i <= Changes; i++)
            {
                ledger.Take(new BillingEvent($"{i}", BillingEventKind.Paid, DateTimeOffset.UnixEpoch.AddDays(i))
                {
                    Subscription = "sub_1", Payment = $"in_{i}", Plan = Plan.Premium, Ends = DateTimeOffset.UnixEpoch.AddDays(30 + i),
                });
                scenario.Acknowledge(i.ToString(CultureInfo.InvariantCulture));
            }

            return Task.CompletedTask;
        },
        static (directory, acknowledged) =>
        {
            using var database = Open(directory);
            database.ThrowIfDamaged();
            using var connection = database.Open();
            var events = connection.Query("SELECT event FROM billing_events").All(static row => row.GetString(0));
            var ends = connection.Query("SELECT ends FROM subscriptions").Single(static row => row.GetInt64(0));
            return acknowledged.All(events.Contains)
                && ends == (events.Count == 0 ? 0 : DateTimeOffset.UnixEpoch.AddDays(30 + events.Count).ToUnixTimeMilliseconds());
        });

    /// <summary>The secret of the catalogue and the key that signs tickets are never others than they were.</summary>
    [Fact]
    public Task Secrets_Used_StayWhatTheyWere() => RunAsync(
        static scenario =>
        {
            using var database = Open(scenario.Root);
            scenario.Acknowledge(SecretsOf(scenario.Root, database));
            return Task.CompletedTask;
        },
        static (directory, acknowledged) =>
        {
            using var database = Open(directory);
            return acknowledged.All(secrets => secrets == SecretsOf(directory, database))
                && SecretsOf(directory, database).Length > 0;
        });

    private static string DataIn(string directory) => BackendServices.PrepareDirectory(
        new BackendOptions { DataDirectory = Path.Combine(directory, "data") });

    private static SqliteDatabase Open(string directory) => new(Path.Combine(DataIn(directory), "service.db"));

    private static SessionStore Sessions(ServiceDatabase database) =>
        new(database, TimeProvider.System, TimeSpan.FromDays(1));

    private static string SecretsOf(string directory, ServiceDatabase database)
    {
        var keys = ContentKeys.Open(Path.Combine(DataIn(directory), "secret"), database);
        using var tickets = TicketAuthority.LoadOrCreate(
            Path.Combine(DataIn(directory), "key"), TimeProvider.System, TimeSpan.FromHours(1));
        var key = keys.Derive(Plaintext);
        return $"{Convert.ToHexString(key)} {tickets.Publish()}";
    }

    private static async Task RunAsync(
        Func<PowerLossScenario, Task> scenario, Func<string, IReadOnlyList<string>, bool> holds)
    {
        using var loss = await PowerLoss.RunAsync(scenario);
        foreach (var cut in loss.Cuts())
        {
            using var directory = new TempDirectory();
            cut.Restore(directory.Path);
            Assert.True(holds(directory.Path, cut.Acknowledged), $"{cut}: something acknowledged is lost");
        }
    }
}
