using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Searching;

/// <summary>
/// What one access point adds is found at another one of the same database. The watch's clock stands still unless a test
/// moves it, and the index's for ever: nobody looks by the clock.
/// </summary>
public sealed class CatalogueWatchTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly PostgresServer _server = new();
    private readonly ManualTimeProvider _time = new();
    private readonly PostgresDatabase _here;
    private readonly PostgresDatabase _elsewhere;
    private readonly CatalogueIndex _index;
    private readonly CatalogueWatch _watch;

    public CatalogueWatchTests()
    {
        var name = _server.MakeDatabase();
        _here = new PostgresDatabase(name);
        _elsewhere = new PostgresDatabase(name);
        _index = new CatalogueIndex(
            new CatalogueChanges(_here), _directory["search.db"], new ManualTimeProvider(),
            NullLogger<CatalogueIndex>.Instance);
        _watch = new CatalogueWatch(_here, _index, _time, NullLogger<CatalogueWatch>.Instance);
    }

    public Task InitializeAsync() => _watch.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        await _index.DisposeAsync();
        _here.Dispose();
        _elsewhere.Dispose();
        _server.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Add_AtAnotherAccessPoint_IsFoundHere()
    {
        Add(1, "First song");
        await Eventually.TrueAsync(() => Finds("first"));

        Add(2, "Second song");
        await Eventually.TrueAsync(() => Finds("second"));

        new CatalogueWriter(_elsewhere, TimeProvider.System).Remove(["/m/2.flac"]);
        await Eventually.TrueAsync(() => !Finds("second"));
    }

    [Fact]
    public async Task Add_WhileNobodyCouldHear_IsFoundAfterwards()
    {
        Add(1, "First song");
        await Eventually.TrueAsync(() => Finds("first"));

        _server.Stop();
        _server.Start();
        await Eventually.TrueAsync(() => TryAdd(2, "Second song"));

        await _time.AdvanceUntilAsync(Eventually.TrueAsync(() => Finds("second")));
        Add(3, "Third song");
        await Eventually.TrueAsync(() => Finds("third"));
    }

    [Fact]
    public async Task Add_WhileTheLineIsCut_IsFoundOnceItIsBack()
    {
        Add(1, "First song");
        await Eventually.TrueAsync(() => Finds("first"));

        Cut("query LIKE 'LISTEN%'");
        await Eventually.TrueAsync(() => CountListeners() == 0);
        Add(2, "Second song");
        Assert.False(Finds("second"));

        await _time.AdvanceUntilAsync(Eventually.TrueAsync(() => Finds("second")));
        Add(3, "Third song");
        await Eventually.TrueAsync(() => Finds("third"));
    }

    /// <summary>What is told of is read by another connection, of which nobody has noticed that it was lost.</summary>
    [Fact]
    public async Task Add_AfterAnIdleConnectionWasCut_IsFound()
    {
        Add(1, "First song");
        await Eventually.TrueAsync(() => Finds("first"));

        Cut("query NOT LIKE 'LISTEN%'");
        await Eventually.TrueAsync(() => TryAdd(2, "Second song"));

        await Eventually.TrueAsync(() => Finds("second"));
    }

    /// <summary>It is listened before the first look: nothing falls between the two.</summary>
    [Fact]
    public async Task WatchAsync_ChangedDuringTheFirstLook_LooksAgain()
    {
        using var end = new CancellationTokenSource();
        var looks = 0;
        var watching = _here.WatchAsync(
            () =>
            {
                if (Interlocked.Increment(ref looks) == 1)
                    Add(1, "First song");
            },
            end.Token);

        await Eventually.TrueAsync(() => Volatile.Read(ref looks) > 1);

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    private void Cut(string which) => _server.Execute(
        "postgres",
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%' AND {which}");

    private int CountListeners() => int.Parse(
        _server.Execute("postgres", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"),
        CultureInfo.InvariantCulture);

    private bool Finds(string query) => _index.Find(query, 1, 0).Found.Ids.Count > 0;

    private bool TryAdd(int seed, string title)
    {
        try
        {
            Add(seed, title);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    private void Add(int seed, string title) => new CatalogueWriter(_elsewhere, TimeProvider.System).Add(
        NewTrackReader.Read(TestTracks.At($"/m/{seed}.flac", seed, title)));
}
