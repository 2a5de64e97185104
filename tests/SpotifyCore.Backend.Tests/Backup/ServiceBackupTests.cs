using System.Globalization;
using Google.Protobuf;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Adverts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Backup;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Discarding;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Offline;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Playing;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Backup;

/// <summary>A backup of either store has all of it, and goes into either.</summary>
public sealed class ServiceBackupTests : IDisposable
{
    private static readonly string[] Tables =
    [
        "accounts", "offline_devices", "offline_tracks", "playbacks", "app_passwords", "links", "sessions", "registration", "invitations", "mail_codes", "pseudonyms", "devices",
        "albums", "covers", "recordings", "encodings", "tracks",
        "removals", "files", "sources", "service", "discards", "mended_tracks", "mended_releases", "mends", "mend_values",
        "adverts", "listening", "impressions",
    ];

    private readonly TempDirectory _directory = new();
    private readonly SqliteStore _file = new();
    private readonly PostgresStore _postgres = new();
    private readonly PostgresStore _another = new();

    private string Backup => _directory["backup"];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Restore_OfABackup_HasAllThatWasThere(bool fromPostgres, bool toPostgres)
    {
        using var database = fromPostgres ? _another.Open() : _file.Open();
        Fill(database);

        ServiceBackup.Write(database, Backup);
        using var restored = Restore(toPostgres);

        foreach (var table in Tables)
            Assert.Equal(Rows(database, table), Rows(restored, table));

        var (before, after) = (new CatalogueChanges(database).ReadState(), new CatalogueChanges(restored).ReadState());
        Assert.Equal(before.Change, after.Change);
        Assert.NotEqual(before.Catalogue, after.Catalogue);
        Assert.NotNull(TestAccounts.In(restored).Verify("ann", "correct horse"));
        TestAccounts.In(restored).Add("cid", "correct horse", AccountRoles.Listener);
        Assert.False(new CatalogueWriter(restored, TimeProvider.System).Add(NewTrackReader.Read(TestTracks.Request(9, "Since"))).WasThere);
    }

    [Fact]
    public async Task Write_WhileItIsWritten_IsOfOneMoment()
    {
        using var database = _postgres.Open();
        using var end = new CancellationTokenSource();
        var writer = new CatalogueWriter(database, TimeProvider.System);
        writer.Add(NewTrackReader.Read(TestTracks.Request(1, "Title 1", bits: 96_000)));
        var writing = Task.Run(() =>
        {
            for (var seed = 2; !end.IsCancellationRequested; seed++)
                writer.Add(NewTrackReader.Read(TestTracks.Request(seed, $"Title {seed}", bits: 96_000)));
        });

        ServiceBackup.Write(database, Backup);
        await end.CancelAsync();
        await writing;
        using var restored = Restore(toPostgres: false);

        var changes = new CatalogueChanges(restored);
        Assert.Equal(
            Enumerable.Range(1, (int)changes.ReadState().Change),
            changes.ReadAfter(0, int.MaxValue).Select(static one => (int)one.Change));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_ChangedWhenItHasBegun_HasNothingOfTheChange(bool fromPostgres)
    {
        using var database = fromPostgres ? _another.Open() : _file.Open();
        Fill(database);
        var before = Tables.ToDictionary(static table => table, table => Rows(database, table).ToArray());
        using var watched = new HookedDatabase(database)
        {
            WhileRead = connection =>
            {
                // From the first question on it is one moment.
                connection.Query("SELECT 1 FROM accounts").Single(static _ => true);
                TestAccounts.In(database).Add("zoe", "correct horse", AccountRoles.Listener);
                new CatalogueWriter(database, TimeProvider.System).Add(NewTrackReader.Read(TestTracks.Request(9, "Meanwhile")));
            },
        };

        ServiceBackup.Write(watched, Backup);
        using var restored = Restore(toPostgres: false);

        Assert.All(before, table => Assert.Equal(table.Value, Rows(restored, table.Key)));
    }

    [Fact]
    public void Restore_NumberThatTheDatabaseCantHold_IsRefusedAndLeavesNothing()
    {
        using var database = _file.Open();
        Fill(database);
        using (var connection = database.Open())
            connection.Execute("UPDATE tracks SET year = 3000000000 WHERE id = 2");

        ServiceBackup.Write(database, Backup);

        var refused = Assert.Throws<InvalidDataException>(() => Restore(toPostgres: true));
        Assert.Contains("year", refused.Message, StringComparison.Ordinal);
        using var left = _postgres.Open();
        Assert.All(Tables, table => Assert.Empty(Rows(left, table)));
    }

    [Fact]
    public void Write_File_IsForItsOwnerAloneAndNeverOverAnother()
    {
        using var database = _file.Open();
        File.WriteAllText(Backup, "another");

        Assert.Throws<IOException>(() => ServiceBackup.Write(database, Backup));
        Assert.Equal("another", File.ReadAllText(Backup));

        File.Delete(Backup);
        ServiceBackup.Write(database, Backup);
        Assert.Equal([Backup], Directory.GetFiles(_directory.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
    }

    [Fact]
    public void Restore_OverAStore_IsRefusedAndChangesNothing()
    {
        using var database = _file.Open();
        Fill(database);
        ServiceBackup.Write(database, Backup);
        File.WriteAllText(_directory["service.db"], "another");
        using (var there = _postgres.Open())
            TestAccounts.In(there).Add("bob", "correct horse", AccountRoles.Listener);

        Assert.Throws<IOException>(() => Restore(toPostgres: false));
        Assert.Throws<IOException>(() => Restore(toPostgres: true));

        Assert.Equal("another", File.ReadAllText(_directory["service.db"]));
        using var again = _postgres.Open();
        Assert.Equal(
            ["bob"], TestAccounts.In(again).List().Select(static entry => entry.Account.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restore_DamagedBackup_IsRefusedAndLeavesNothing(bool toPostgres)
    {
        File.WriteAllBytes(Backup, [.. "SQLite format 3\0"u8, .. new byte[8_000]]);

        Assert.Throws<InvalidDataException>(() => Restore(toPostgres));

        Assert.Equal([Backup], Directory.GetFiles(_directory.Path));
        using var database = _postgres.Open();
        Assert.Empty(TestAccounts.In(database).List());
    }

    [Theory]
    [InlineData("version5.db.gz", false, 10)]
    [InlineData("version6.db.gz", false, 52)]
    [InlineData("version7.db.gz", false, 52)]
    [InlineData("version5.db.gz", true, 10)]
    [InlineData("version6.db.gz", true, 52)]
    [InlineData("version7.db.gz", true, 52)]
    public void Restore_DatabaseOfAnEarlierVersion_IsBroughtToThisOne(string former, bool toPostgres, int tracks)
    {
        FormerDatabase.Unpack(former, Backup);
        var before = File.ReadAllBytes(Backup);

        using var restored = Restore(toPostgres);

        Assert.Equal(tracks, new CatalogueChanges(restored).ReadAfter(0, 100).Count);
        Assert.Equal(before, File.ReadAllBytes(Backup));
    }

    public void Dispose()
    {
        _file.Dispose();
        _postgres.Dispose();
        _another.Dispose();
        _directory.Dispose();
    }

    private ServiceDatabase Restore(bool toPostgres)
    {
        if (toPostgres)
        {
            ServiceBackup.RestoreDatabase(Backup, _postgres.ConnectionString, _directory["scratch"]);
            return _postgres.Open();
        }

        ServiceBackup.RestoreFile(Backup, _directory["service.db"]);
        return new SqliteDatabase(_directory["service.db"]);
    }

    private static void Fill(ServiceDatabase database)
    {
        var accounts = TestAccounts.In(database);
        var sessions = new SessionStore(database, TimeProvider.System, TimeSpan.FromDays(1));
        sessions.Open(accounts.Add("ann", "correct horse", AccountRoles.Listener), new PeerId(1));
        sessions.Close(sessions.Open(accounts.Add("bob", "correct horse", AccountRoles.Import), new PeerId(2)).Session);
        database.KeepHash("secret", [1, 2, 3]);
        new ProfileStore(database).SetDisplayName(accounts.Get("ann"), "Änn");
        accounts.SetEmail("ann", "ann@example.com");
        new MailCodeStore(database, TimeProvider.System).Make(new MailWish(MailPurpose.Verification, "ann"));
        var apps = new AppPasswordStore(database, TimeProvider.System);
        var app = apps.Find("ann", apps.Add(accounts.Get("ann"), "radio")!)!.Value;
        sessions.Open(app.Account!, new PeerId(3), new SessionOrigin("r", "::1") { AppPassword = app.AppPassword });
        var desktop = sessions.Open(accounts.Get("ann"), new PeerId(5), new SessionOrigin("desk", "::1")).Session;
        new OfflineStore(database, TimeProvider.System).Keep(desktop, [TestTracks.TrackOf(1).ToString()]);
        new PlaybackStore(database, TimeProvider.System).TryKeep(desktop, new AccountPlayback { Current = 3 });
        new OperatorPlans(database, accounts, new PlanOptions(), TimeProvider.System).Give("ann", Plan.Premium, ends: null);
        new RegistrationSettings(database).Set("SE", RegistrationMode.Open);
        var invitations = new InvitationStore(database, 3, TimeSpan.FromDays(1), TimeProvider.System);
        invitations.Give(accounts.Get("bob"));
        var wanted = new WantedAccount("eve", "correct horse", "SE", "eve@example.com")
        {
            Invitation = invitations.Give(accounts.Get("ann")).Code,
        };
        new RegistrationStore(database, accounts, TimeProvider.System).Make(wanted, [1, 2, 3]);

        var links = new LinkStore(
            database, new RegistrationStore(database, accounts, TimeProvider.System), TestAccounts.Hasher,
            TimeProvider.System);
        var identity = new ExternalIdentity("https://id.example.com", "1");
        links.Add(accounts.Get("ann"), identity);
        sessions.Open(accounts.Get("ann"), new PeerId(4), new SessionOrigin("l", "::1") { Link = identity });

        var writer = new CatalogueWriter(database, TimeProvider.System);
        var covered = TestTracks.At("/m/1.flac", 1, "Étude", "Ann", "Album", 1);
        covered.Cover = new Cover { MediaType = "image/png", Data = ByteString.CopyFrom(1, 0, 255) };
        covered.Essence = ByteString.CopyFrom(new byte[32]);
        writer.Add(NewTrackReader.Read(covered));
        writer.Add(NewTrackReader.Read(TestTracks.At("/m/2.flac", 2, "दिल", "Ann", "Album", 2)));
        writer.Add(NewTrackReader.Read(TestTracks.At("/m/3.flac", 3, "Gone")));
        writer.Add(NewTrackReader.Read(TestTracks.Request(4, "Without a place")));
        writer.Remove(["/m/3.flac"]);
        writer.AddPlays(new Dictionary<TrackId, int> { [TestTracks.TrackOf(2)] = 7 });

        var soap = TestTracks.Request(5, "Soap", bits: 96_000);
        soap.Advert = new AdvertTerms { Campaign = "Clean", Countries = { "SE" } };
        var terms = AdvertReader.Read(soap.Advert, "Soap");
        new AdvertStore(database, TimeProvider.System).Put(NewTrackReader.Read(soap), terms);
        accounts.SetCountry("bob", "SE");
        var breaks = new AdvertBreaks(database, TimeSpan.FromMilliseconds(1), TimeProvider.System);
        AdvertEnding? heard = null;
        for (var i = 0; i < 10; i++)
        {
            if (breaks.Take(accounts.Get("bob").Id, $"track {i}", TimeSpan.FromMinutes(3), heard).Due is { } due)
                heard = new AdvertEnding(due.Impression, IsFailed: false);
        }

        database.Write(static connection => connection.Execute(
            "INSERT INTO impressions (campaign, advert, country, heard) VALUES ('Gone', 'Long', 'SE', 5000000000)"));

        var mender = new CatalogueMender(database, TimeProvider.System);
        mender.Edit(TestTracks.TrackOf(1).ToString(), new EntryEdit { Title = "Study", Number = 3 }, "bob");
        var made = mender.Edit(TestTracks.TrackOf(2).ToString(), new EntryEdit { Album = "Made" }, "bob").Made;
        mender.Edit(made, new EntryEdit { Title = "Made by hand", Year = 1970 }, "bob");
        mender.Remove(TestTracks.TrackOf(4).ToString(), "bob");
        mender.Edit(TestTracks.TrackOf(1).ToString(), new EntryEdit { Genre = "Jazz" }, "bob");
        mender.Undo(0, "bob");
        new DiscardStore(database, TimeSpan.Zero, TimeProvider.System).Sweep();
    }

    private static IEnumerable<string> Rows(ServiceDatabase database, string table)
    {
        using var connection = database.Open();
        return connection.Query($"SELECT * FROM {table}")
            .All(static row => string.Join('|', Enumerable.Range(0, row.FieldCount)
                .Select(column => $"{row.GetName(column)}={TextOf(row.GetValue(column))}")))
            .Order(StringComparer.Ordinal);
    }

    // The stores have numbers of different widths.
    private static string TextOf(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        float or double => Convert.ToSingle(value).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
