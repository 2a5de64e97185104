using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Catalogue;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Searching;

/// <summary>Plays are counted once and written together.</summary>
public abstract class PlayCountsTests(TestStore store) : CatalogueFixture(store)
{
    private static readonly TimeSpan Written = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(2);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Count_Plays_AreWrittenTogetherAfterFiveSeconds()
    {
        await using var counts = Start();
        Add(1, "One");
        for (var account = 1; account <= 20; account++)
            counts.Count(account, TestTracks.TrackOf(1));

        Assert.Equal(0, PlaysOf(1));
        var written = Changes();
        _time.Advance(Written);

        Assert.Equal((20, 1), (PlaysOf(1), Changes() - written));
        _time.Advance(Forgotten);
        Assert.Equal(1, _time.Fired);
    }

    [Fact]
    public async Task Count_SameAccountAgain_CountsOnceInAnHour()
    {
        await using var counts = Start();
        Add(1, "One");
        Add(2, "Two");
        counts.Count(1, TestTracks.TrackOf(1));
        counts.Count(1, TestTracks.TrackOf(1));
        counts.Count(1, TestTracks.TrackOf(2));
        _time.Advance(TimeSpan.FromMinutes(59));
        counts.Count(1, TestTracks.TrackOf(1));
        _time.Advance(Written);
        Assert.Equal((1, 1), (PlaysOf(1), PlaysOf(2)));

        _time.Advance(Forgotten);
        counts.Count(1, TestTracks.TrackOf(1));
        _time.Advance(Written);
        Assert.Equal(2, PlaysOf(1));
    }

    [Fact]
    public async Task Count_SameAccountAcrossTheHour_CountsOnce()
    {
        await using var counts = Start();
        Add(1, "One");
        counts.Count(1, TestTracks.TrackOf(1));
        _time.Advance(TimeSpan.FromMinutes(50));
        counts.Count(2, TestTracks.TrackOf(1));
        _time.Advance(TimeSpan.FromMinutes(15));
        counts.Count(2, TestTracks.TrackOf(1));
        _time.Advance(Written);

        Assert.Equal(2, PlaysOf(1));
    }

    [Fact]
    public async Task Dispose_BeforeTheyAreWritten_WritesThem()
    {
        Add(1, "One");
        await using (var counts = Start())
            counts.Count(1, TestTracks.TrackOf(1));

        Assert.Equal(1, PlaysOf(1));
    }

    [Fact]
    public async Task Count_MostPlayed_IsFoundFirst()
    {
        await using var counts = Start();
        Add(1, "Same song");
        Add(2, "Same song too");
        for (var account = 1; account <= 200; account++)
            counts.Count(account, TestTracks.TrackOf(2));

        _time.Advance(Written);

        await Eventually.TrueAsync(() => Titles("same")[0] == "Same song too");
    }

    private PlayCounts Start() => new(Writer, Index, _time, NullLogger<PlayCounts>.Instance);

    private int PlaysOf(int seed) => Number($"SELECT plays FROM tracks WHERE track = '{TestTracks.TrackOf(seed)}'");

    private int Changes() => Number("SELECT change FROM catalogue");

    private int Number(string sql)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(command.ExecuteScalar());
    }
}

public sealed class SqlitePlayCountsTests() : PlayCountsTests(new SqliteStore());

public sealed class PostgresPlayCountsTests() : PlayCountsTests(new PostgresStore());
