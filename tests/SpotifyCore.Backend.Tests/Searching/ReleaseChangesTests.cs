using SpotifyCore.Backend.Tests.Catalogue;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Search.Querying;

namespace SpotifyCore.Backend.Tests.Searching;

/// <summary>What becomes of a release is found by all of its tracks, those that nobody touched too.</summary>
public abstract class ReleaseChangesTests(TestStore store) : CatalogueFixture(store)
{
    [Fact]
    public void Add_AndRemoveOfAnotherArtist_RenamesTheReleaseForAllItsTracks()
    {
        Add(TestTracks.At("/m/Mix/1.flac", 1, "T1", "Ann", "Mix", 1));
        Assert.Empty(Titles("artist:various"));

        Add(TestTracks.At("/m/Mix/2.flac", 2, "T2", "Bo", "Mix", 2));
        Assert.Equal(["T1", "T2"], Titles("artist:various").Order());

        Updates.Remove(["/m/Mix/2.flac"]);
        Assert.Equal([("Mix", "Ann", 1)], Releases());
        Assert.Empty(Titles("artist:various"));
    }

    /// <summary>Most of a release takes its id along, and the rest gets another.</summary>
    [Fact]
    public void Add_MostOfAReleaseRetagged_IsBrowsedAsTwo()
    {
        foreach (var (album, count) in new[] { ("Before", 3), ("After", 2) })
        {
            for (var number = 1; number <= count; number++)
                Add(TestTracks.At($"/m/A/{number}.flac", number, $"T{number}", "Artist", album, number));
        }

        var browsed = Reader.FindTracks(Index.FindGroups("", SearchGroup.Release, 10));
        Assert.Equal(["After", "Before"], browsed.Select(static track => track.AlbumTitle).Distinct().Order());
    }
}

public sealed class SqliteReleaseChangesTests() : ReleaseChangesTests(new SqliteStore());

public sealed class PostgresReleaseChangesTests() : ReleaseChangesTests(new PostgresStore());
