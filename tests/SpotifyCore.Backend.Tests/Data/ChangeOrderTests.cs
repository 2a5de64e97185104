using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Catalogue;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>Numbers of changes become visible in their order, whoever writes: who follows them skips none.</summary>
public abstract class ChangeOrderTests(TestStore store) : CatalogueFixture(store)
{
    private const int Each = 60;
    private const int Some = 3;

    [Fact]
    public async Task ReadAfter_WhileTwoWrite_SkipsNothing()
    {
        using var other = Store.Open();
        var writing = Task.WhenAll(
            Task.Run(() => AddAll(Database, first: 1)), Task.Run(() => AddAll(other, first: Each + 1)));
        var changes = new CatalogueChanges(Database);
        var seen = new HashSet<string>();
        var at = 0L;
        bool isOver;
        do
        {
            isOver = writing.IsCompleted;
            for (var read = changes.ReadAfter(at, Some); read.Count > 0; read = changes.ReadAfter(at, Some))
            {
                Assert.All(read, one => Assert.True(one.Change > at));
                seen.UnionWith(read.Select(static one => one.Track));
                at = read[^1].Change;
            }
        }
        while (!isOver);

        await writing;
        Assert.Equal(2 * Each, seen.Count);
    }

    [Fact]
    public async Task Write_ManyAtOnceFromTwoPlaces_EachIsKept()
    {
        using var other = Store.Open();
        ServiceDatabase[] places = [Database, other];

        await Parallel.ForEachAsync(Enumerable.Range(1, 40), (seed, _) =>
        {
            new CatalogueWriter(places[seed % 2], TimeProvider.System).Add(
                NewTrackReader.Read(TestTracks.Request(seed, $"Song {seed}", "Artist", "Album", seed, 96_000)));
            return ValueTask.CompletedTask;
        });

        Assert.Equal([("Album", "Artist", 40)], Releases());
    }

    private static void AddAll(ServiceDatabase database, int first)
    {
        var writer = new CatalogueWriter(database, TimeProvider.System);
        for (var seed = first; seed < first + Each; seed++)
            writer.Add(NewTrackReader.Read(TestTracks.Request(seed, $"Title {seed}", bits: 96_000)));
    }
}

public sealed class SqliteChangeOrderTests() : ChangeOrderTests(new SqliteStore());

public sealed class PostgresChangeOrderTests() : ChangeOrderTests(new PostgresStore());
