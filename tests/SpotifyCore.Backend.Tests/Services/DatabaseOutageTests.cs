using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>While the database is away calls are answered so, and afterwards as ever.</summary>
public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private readonly PostgresServer _server = new();
    private BackendFixture? _backend;

    public Task InitializeAsync()
    {
        _backend = new BackendFixture(_server.MakeDatabase());
        return _backend.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _backend!.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Calls_WhileTheDatabaseIsAway_AreUnavailableAndComeBack()
    {
        using var import = await _backend!.ConnectAsync("import");
        await import.Librarian().AddTrackAsync(TestTracks.Request(1, "First song"));

        _server.Stop();
        Assert.Contains("database", await CallAssert.FailsAsync(
            StatusCode.Unavailable,
            () => import.Librarian().AddTrackAsync(TestTracks.Request(2, "Second song")).ResponseAsync));
        Assert.Contains("database", await CallAssert.FailsAsync(
            StatusCode.Unavailable, () => _backend.LoginAsync("ann", 5)));
        _server.Start();

        await Eventually.TrueAsync(() => IsAddedAsync(import));
        using var listener = await _backend.ConnectAsync("ann", peer: 5);
        var found = await listener.AccessPoint().SearchAsync(new SearchRequest { Query = "song" });
        Assert.Equal(2, found.Tracks.Count);
    }

    private static async Task<bool> IsAddedAsync(EndpointChannel import)
    {
        try
        {
            await import.Librarian().AddTrackAsync(TestTracks.Request(2, "Second song"));
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }
}
