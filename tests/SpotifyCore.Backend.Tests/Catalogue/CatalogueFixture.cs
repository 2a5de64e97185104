using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Discarding;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Catalogue;

/// <summary>A catalogue in a store of its own, with its search.</summary>
public abstract class CatalogueFixture : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    protected CatalogueFixture(TestStore store)
    {
        Store = store;
        Database = store.Open();
        Reader = new CatalogueReader(Database);
        Discards = new DiscardStore(Database, TimeSpan.FromDays(30), Time);
        Sources = new SourceReader(Database, Discards);
        Writer = new CatalogueWriter(Database, Time);
        Mender = new CatalogueMender(Database, TimeProvider.System);
        Entries = new EntryReader(Database);
        Index = OpenIndex();
    }

    protected TestStore Store { get; }

    protected ServiceDatabase Database { get; }

    /// <summary>The clock of what is let go.</summary>
    protected ManualTimeProvider Time { get; } = new();

    private protected DiscardStore Discards { get; }

    private protected CatalogueReader Reader { get; }

    private protected SourceReader Sources { get; }

    private protected CatalogueWriter Writer { get; }

    private protected CatalogueMender Mender { get; }

    private protected EntryReader Entries { get; }

    private protected CatalogueUpdates Updates => new(Writer, Mender, Index);

    private protected CatalogueIndex Index { get; set; }

    protected string IndexPath => _directory["search.db"];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Index.DisposeAsync();
        Database.Dispose();
        Store.Dispose();
        _directory.Dispose();
    }

    private protected CatalogueIndex OpenIndex(ILogger<CatalogueIndex>? logger = null, TimeProvider? time = null) => new(
        new CatalogueChanges(Database), IndexPath, time ?? TimeProvider.System, logger ?? NullLogger<CatalogueIndex>.Instance);

    protected bool Add(AddTrackRequest request) => Put(request).WasThere;

    private protected AddedTrack Put(AddTrackRequest request) => Updates.Add(NewTrackReader.Read(request));

    protected bool Add(int seed, string title, string artist = "", string album = "") =>
        Add(TestTracks.Request(seed, title, artist, album, number: seed, bits: 96_000));

    protected List<string> Titles(string query) =>
        [.. Reader.FindTracks(Index.Find(query, 100, 0).Found.Ids).Select(static track => track.Title)];

    /// <summary>All releases that show something.</summary>
    protected List<Album> Albums()
    {
        using var connection = Database.Open();
        var albums = connection.Query("SELECT album FROM albums ORDER BY id").All(static row => row.GetString(0));
        return [.. albums.Select(album => Reader.FindAlbum(album)!).Where((album, i) => album?.Album_ == albums[i])];
    }

    /// <summary>Title, artists and number of tracks of all releases.</summary>
    protected List<(string Title, string Artists, int Tracks)> Releases() =>
        [.. Albums().Select(static album => (album.Title, string.Join(", ", album.Artists), album.Tracks.Count))];

    protected int Count(string table)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt32(command.ExecuteScalar());
    }
}
