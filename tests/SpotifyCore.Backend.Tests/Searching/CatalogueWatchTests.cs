using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Searching;

/// <summary>What one access point adds is found at another one of the same database.</summary>
public sealed class CatalogueWatchTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly PostgresServer _server = new();
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
            new CatalogueChanges(_here), _directory["search.db"], TimeProvider.System,
            NullLogger<CatalogueIndex>.Instance);
        _watch = new CatalogueWatch(_here, _index, TimeProvider.System, NullLogger<CatalogueWatch>.Instance);
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

        new CatalogueWriter(_elsewhere).Remove(["/m/2.flac"]);
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

        await Eventually.TrueAsync(() => Finds("second"));
        Add(3, "Third song");
        await Eventually.TrueAsync(() => Finds("third"));
    }

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

    private void Add(int seed, string title) => new CatalogueWriter(_elsewhere).Add(
        NewTrackReader.Read(TestTracks.At($"/m/{seed}.flac", seed, title)));
}
