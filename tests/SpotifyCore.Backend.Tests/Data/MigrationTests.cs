using Google.Protobuf;
using Microsoft.Data.Sqlite;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>Databases as earlier versions made them.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    /// <summary>Made by the code of version 5: an account and ten tracks.</summary>
    [Fact]
    public void Open_OfVersionFive_KeepsAllAndNumbersTheTracks()
    {
        using var database = OpenVersionFive();

        database.ThrowIfDamaged();
        Assert.Equal("ann", Assert.Single(TestAccounts.In(database).List()).Account.Name);
        var reader = new CatalogueReader(database);
        var track = reader.FindTrack(TestTracks.TrackOf(6))!;
        Assert.Equal(("Подмосковные вечера", "Ёлочка № 1"), (track.Title, track.AlbumTitle));
        Assert.Equal(["Various", "Разные"], reader.FindAlbum(track.Album)!.Artists);
        Assert.NotNull(reader.Open(TestTracks.TrackOf(7), 96_000));

        var changes = new CatalogueChanges(database).ReadAfter(0, 100);
        Assert.Equal(Enumerable.Range(1, 10), changes.Select(static one => (int)one.Change));
        Assert.All(changes, static one => Assert.Equal(0, one.Entry!.Plays));
    }

    [Fact]
    public void Add_AfterwardsToAnAlbumOfVersionFive_GoesToThatAlbum()
    {
        using var database = OpenVersionFive();
        var reader = new CatalogueReader(database);
        var request = TestTracks.Request(20, "Second", "싸이", "싸이6甲 Part 1", number: 11);

        new CatalogueWriter(database, TimeProvider.System).Add(NewTrackReader.Read(request));

        var album = reader.FindTrack(TestTracks.TrackOf(10))!.Album;
        Assert.Equal(["강남스타일", "Second"], reader.FindAlbum(album)!.Tracks.Select(static track => track.Title));
        Assert.Equal(11, Assert.Single(new CatalogueChanges(database).ReadAfter(10, 100)).Change);
    }

    /// <summary>Made by the programs of version 6: the sections on releases of the odd tags, imported.</summary>
    [Fact]
    public void Open_OfVersionSix_KeepsEveryTrackAndReleaseWithItsId()
    {
        Unpack("version6.db.gz");
        var before = IdsIn(_directory["service.db"]);

        using var database = new SqliteDatabase(_directory["service.db"]);

        database.ThrowIfDamaged();
        Assert.Equal((52, 21), (before.Tracks.Count, before.Albums.Count));
        var reader = new CatalogueReader(database);
        foreach (var track in before.Tracks.Select(static id => TrackId.TryParse(id, out var track) ? track : default))
        {
            var opened = reader.Open(track, 160_000)!;
            Assert.Equal(3, opened.Track.BitsPerSecond.Count);
            Assert.True(ManifestReader.TryRead(opened.Manifest, out var manifest));
            Assert.Equal((track, 160_000), (manifest.Track, manifest.BitsPerSecond));
            Assert.Equal(manifest.Duration.TotalMilliseconds, opened.Track.DurationMs, 1.0);
        }

        Assert.All(before.Albums, album => Assert.NotNull(reader.FindAlbum(album)));
        Assert.Equal(before.Tracks.Order(), new CatalogueChanges(database).ReadAfter(0, 100)
            .Select(static one => one.Track).Order());
    }

    [Fact]
    public void Open_OfVersionSix_KeepsWhatEachTrackWasPlayed()
    {
        Unpack("version6.db.gz");
        using (var former = new SqliteConnection($"Data Source={_directory["service.db"]};Pooling=False"))
        {
            former.Open();
            using var command = former.CreateCommand();
            command.CommandText = "UPDATE tracks SET plays = id";
            command.ExecuteNonQuery();
        }

        using var database = new SqliteDatabase(_directory["service.db"]);

        var entries = new CatalogueChanges(database).ReadAfter(0, 100).Select(static one => one.Entry!).ToArray();
        Assert.Equal(52, entries.Length);
        Assert.All(entries, static entry => Assert.Equal(entry.Added, entry.Plays));
    }

    [Fact]
    public void Add_SourcesOfVersionSixSeenAgain_TellsReleasesApartAndKeepsTheirIds()
    {
        Unpack("version6.db.gz");
        var before = IdsIn(_directory["service.db"]);
        using var database = new SqliteDatabase(_directory["service.db"]);
        var writer = new CatalogueWriter(database, TimeProvider.System);

        foreach (var (location, album, number, title) in new[]
        {
            ("/m/Langs/0/1.flac", "C", 1, "Lang0 1"), ("/m/Langs/0/2.flac", "C", 2, "Lang0 2"),
            ("/m/Langs/1/1.flac", "C#", 1, "Lang1 1"), ("/m/Langs/1/2.flac", "C#", 2, "Lang1 2"),
            ("/m/Langs/2/1.flac", "C++", 1, "Lang2 1"), ("/m/Langs/2/2.flac", "C++", 2, "Lang2 2"),
        })
        {
            var request = SeenAgain(database, title, location);
            request.Tags = new TrackTags
            {
                Title = title, Artists = { "Coder" }, AlbumArtists = { "Coder" }, AlbumTitle = album, Number = number,
            };
            Assert.True(writer.Add(NewTrackReader.Read(request)).WasThere);
        }

        var after = IdsIn(_directory["service.db"]);
        Assert.Equal(before.Tracks, after.Tracks);
        Assert.Empty(before.Albums.Except(after.Albums));
        Assert.Equal(2, after.Albums.Count - before.Albums.Count);
        var reader = new CatalogueReader(database);
        Assert.Equal(
            [("C", 2), ("C#", 2), ("C++", 2)],
            after.Albums.Select(reader.FindAlbum).Where(static album => album!.Artists is ["Coder"])
                .Select(static album => (album!.Title, album.Tracks.Count)).Order());
    }

    [Fact]
    public void Add_SoundOfTwoPlacesInVersionSix_BecomesTwoTracksOfWhichOneIsTheFormer()
    {
        Unpack("version6.db.gz");
        using var database = new SqliteDatabase(_directory["service.db"]);
        var writer = new CatalogueWriter(database, TimeProvider.System);
        var album = SeenAgain(database, "The Hit", "/m/Hit/album.flac");
        album.Tags = new TrackTags { Title = "The Hit", Artists = { "Hit Maker" }, AlbumTitle = "First Album", Number = 1 };
        var sampler = SeenAgain(database, "The Hit", "/m/Hit/zsampler.flac");
        sampler.Tags = new TrackTags
        {
            Title = "The Hit", Artists = { "Hit Maker" }, AlbumTitle = "Best of Radio", Number = 7,
            AlbumArtists = { "Various Artists" },
        };

        var one = writer.Add(NewTrackReader.Read(album)).Track;
        var two = writer.Add(NewTrackReader.Read(sampler)).Track;

        var reader = new CatalogueReader(database);
        Assert.Equal(album.Track, two.ToString());
        Assert.Equal(("Best of Radio", 7), (reader.FindTrack(two)!.AlbumTitle, reader.FindTrack(two)!.Number));
        Assert.Equal(
            ["The Hit", "The Other"],
            reader.FindAlbum(reader.FindTrack(one)!.Album)!.Tracks.Select(static track => track.Title));
        Assert.Equal(reader.Open(one, 96_000)!.File, reader.Open(two, 96_000)!.File);
    }

    /// <summary>The same collection after version 7's migration.</summary>
    [Fact]
    public void Open_OfVersionSeven_ShowsEveryTrackOnItsReleaseAndCanBeMended()
    {
        Unpack("version7.db.gz");
        var before = IdsIn(_directory["service.db"]);

        using var database = new SqliteDatabase(_directory["service.db"]);

        database.ThrowIfDamaged();
        Assert.Equal((52, 21), (before.Tracks.Count, before.Albums.Count));
        var reader = new CatalogueReader(database);
        var albums = before.Albums.ConvertAll(album => reader.FindAlbum(album)!);
        Assert.Equal(
            before.Tracks.Count(track => reader.FindTracks([track])[0].Album.Length > 0),
            albums.Sum(static album => album.Tracks.Count));

        var mender = new CatalogueMender(database, TimeProvider.System);
        mender.Merge(albums[0].Album_, albums[1].Album_, "import");
        Assert.Equal(albums[0].Tracks.Count + albums[1].Tracks.Count, reader.FindAlbum(albums[1].Album_)!.Tracks.Count);
        mender.Undo(0, "import");
        Assert.Equal(albums[1], reader.FindAlbum(albums[1].Album_));
    }

    [Theory]
    [InlineData("version5.db.gz")]
    [InlineData("version6.db.gz")]
    [InlineData("version7.db.gz")]
    [InlineData("version8.db.gz")]
    [InlineData("version9.db.gz")]
    [InlineData("version10.db.gz")]
    [InlineData("version11.db.gz")]
    public void Open_Migrated_IsTheSameAsMadeAnew(string former)
    {
        Unpack(former);
        using var migrated = new SqliteDatabase(_directory["service.db"]);
        using var made = new SqliteDatabase(_directory["new.db"]);

        Assert.Equal(ColumnsOf(made), ColumnsOf(migrated));
    }

    /// <summary>Made by the code of version 10: an account more, and a session of it, whose token is 32 zeros.</summary>
    [Fact]
    public void Open_OfVersionTen_KeepsPasswordsAndSessions()
    {
        Unpack("version10.db.gz");

        using var database = new SqliteDatabase(_directory["service.db"]);

        database.ThrowIfDamaged();
        var accounts = TestAccounts.In(database);
        Assert.Equal(
            [("ann", "", 1), ("anna", "", 0), ("librarian", "", 0)],
            accounts.List().Select(static entry => (entry.Account.Name, entry.Country, entry.Sessions)));
        Assert.Null(accounts.Verify("ann", "wrong horse"));
        var ann = accounts.Verify("ann", "correct horse")!;
        var sessions = new SessionStore(database, TimeProvider.System, TimeSpan.FromDays(1));
        Assert.Equal(ann, sessions.Find(new string('A', 43))!.Account);
        var listed = Assert.Single(sessions.List(ann));
        Assert.Equal(
            (new SessionOrigin("", "") { Kind = DeviceKind.Desktop }, 0, 0), (listed.Origin, listed.Created, listed.Seen));
        Assert.True(sessions.Knows("ann", listed.Peer));
        Assert.Equal(
            new AccountProfile(ann, "", "", "", 0),
            new ProfileStore(database).Find(ann)! with { Created = 0, Reference = "" });
        Assert.Equal(
            new RegistrationSetting("", RegistrationMode.Closed), Assert.Single(new RegistrationSettings(database).List()));
    }

    /// <summary>What version 10 had, after version 11's migration.</summary>
    [Fact]
    public void Open_OfVersionEleven_MakesPremiumOfWhoHadAnAccountAndFreeOfWhoGetsOne()
    {
        Unpack("version11.db.gz");

        using var database = new SqliteDatabase(_directory["service.db"]);

        var accounts = TestAccounts.In(database);
        var references = accounts.List().Select(static entry => entry.Reference).ToArray();
        Assert.All(references, static reference => Assert.Matches("^[0-9a-f]{32}$", reference));
        Assert.Distinct(references);
        var (plans, operators) = (
            new AccountPlans(database, new PlanOptions(), TimeProvider.System),
            new OperatorPlans(database, accounts, new PlanOptions(), TimeProvider.System));
        foreach (var entry in accounts.List())
        {
            var had = plans.Find(entry.Account).EntitlementAt(DeviceKind.Phone, DateTimeOffset.UtcNow);
            Assert.Equal((Plan.Premium, Subscription.NoEnd), (had.Plan, had.Until));
            Assert.Contains("  premium  operator-before-plans-", Assert.Single(operators.List(entry.Account.Name)));
        }

        Assert.Equal(Plan.Free, PlanOf(accounts.Add("carl", "correct horse", AccountRoles.Listener)));
        operators.Give("ann", Plan.Unlimited, ends: null);
        Assert.Equal(Plan.Unlimited, PlanOf(accounts.Get("ann")));
        operators.End("ann");
        Assert.Equal(Plan.Free, PlanOf(accounts.Get("ann")));

        Plan PlanOf(Account account) =>
            plans.Find(account).EntitlementAt(DeviceKind.Desktop, DateTimeOffset.UtcNow).Plan;
    }

    [Fact]
    public void Open_OfALaterVersion_IsRefused()
    {
        using (var database = new SqliteDatabase(_directory["service.db"]))
        {
            using var connection = database.Open();
            connection.Execute("PRAGMA user_version = 99");
        }

        Assert.Throws<InvalidDataException>(() => new SqliteDatabase(_directory["service.db"]));
    }

    public void Dispose() => _directory.Dispose();

    private SqliteDatabase OpenVersionFive()
    {
        Unpack("version5.db.gz");
        return new SqliteDatabase(_directory["service.db"]);
    }

    private void Unpack(string name) => FormerDatabase.Unpack(name, _directory["service.db"]);

    private static (List<string> Tracks, List<string> Albums) IdsIn(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return (Read("SELECT track FROM tracks ORDER BY id"), Read("SELECT album FROM albums ORDER BY id"));

        List<string> Read(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var ids = new List<string>();
            while (reader.Read())
                ids.Add(reader.GetString(0));

            return ids;
        }
    }

    // As an import asks for a source that it finds by the hash it had.
    private static AddTrackRequest SeenAgain(ServiceDatabase database, string title, string location)
    {
        using var connection = database.Open();
        using var command = connection.Query(
            """
            SELECT r.recording, s.source_hash, s.encoder FROM tracks t JOIN recordings r ON r.id = t.recording
            JOIN sources s ON s.track = t.id WHERE t.title = @title AND s.name = @name
            """,
            ("@title", title), ("@name", Path.GetFileName(location)));
        using var row = command.ExecuteReader();
        Assert.True(row.Read());
        return new AddTrackRequest
        {
            Track = row.GetString(0),
            SourceHash = ByteString.CopyFrom(row.GetFieldValue<byte[]>(1)),
            Encoder = row.GetString(2),
            SourceName = Path.GetFileName(location),
            Location = location,
        };
    }

    private static List<string> ColumnsOf(SqliteDatabase database)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT m.type || ' ' || m.name || ' ' || coalesce(c.name || ' ' || c.type || ' ' || c."notnull", '')
            FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) c ORDER BY 1
            """;
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
            columns.Add(reader.GetString(0));

        return columns;
    }
}
