using System.IO.Compression;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Searching;
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
        Assert.Equal("ann", Assert.Single(new AccountStore(database, TimeProvider.System).List()).Account.Name);
        var reader = new CatalogueReader(database);
        var track = reader.FindTrack(TestTracks.TrackOf(6))!;
        Assert.Equal(("Подмосковные вечера", "Ёлочка № 1"), (track.Title, track.AlbumTitle));
        Assert.Equal(["Various", "Разные"], reader.FindAlbum(track.Album)!.Artists);
        Assert.NotNull(reader.Open(TestTracks.TrackOf(7), 96_000));

        var changes = new CatalogueChanges(database).ReadAfter(0, 100);
        Assert.Equal(Enumerable.Range(1, 10), changes.Select(static one => (int)one.Change));
        Assert.All(changes, static one => Assert.Equal(0, one.Entry.Plays));
    }

    [Fact]
    public void Add_AfterwardsToAnAlbumOfVersionFive_GoesToThatAlbum()
    {
        using var database = OpenVersionFive();
        var reader = new CatalogueReader(database);
        var request = TestTracks.Request(20, "Second", "싸이", "싸이6甲 Part 1", number: 11);

        new CatalogueWriter(database).Add(NewTrackReader.Read(request));

        var album = reader.FindTrack(TestTracks.TrackOf(10))!.Album;
        Assert.Equal(["강남스타일", "Second"], reader.FindAlbum(album)!.Tracks.Select(static track => track.Title));
        Assert.Equal(11, Assert.Single(new CatalogueChanges(database).ReadAfter(10, 100)).Change);
    }

    [Fact]
    public void Open_Migrated_IsTheSameAsMadeAnew()
    {
        using var migrated = OpenVersionFive();
        using var made = new ServiceDatabase(_directory["new.db"]);

        Assert.Equal(ColumnsOf(made), ColumnsOf(migrated));
    }

    public void Dispose() => _directory.Dispose();

    private ServiceDatabase OpenVersionFive()
    {
        using (var packed = typeof(MigrationTests).Assembly.GetManifestResourceStream("version5.db.gz")!)
        using (var unpacked = new GZipStream(packed, CompressionMode.Decompress))
        using (var file = File.Create(_directory["service.db"]))
            unpacked.CopyTo(file);

        return new ServiceDatabase(_directory["service.db"]);
    }

    private static List<string> ColumnsOf(ServiceDatabase database)
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
