using System.Security.Cryptography;
using Grpc.Core;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>Calls to an access point whose data is in PostgreSQL, where that takes less than a file does.</summary>
public sealed class PostgresCallTests : IAsyncLifetime
{
    private readonly PostgresStore _store = new();
    private readonly BackendFixture _backend;

    public PostgresCallTests() => _backend = new BackendFixture(_store.ConnectionString);

    public Task InitializeAsync() => _backend.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _backend.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task AddTrack_ThenListener_FindsAndOpensIt()
    {
        using var import = await _backend.ConnectAsync("import");
        using var listener = await _backend.ConnectAsync("ann", peer: 3);
        var request = TestTracks.Request(1, "Sommarnatt", "Ann Archer", "Somrar", number: 1);
        await import.Librarian().AddTrackAsync(request);

        var track = Assert.Single(
            (await listener.AccessPoint().SearchAsync(new SearchRequest { Query = "sommar arch" })).Tracks);

        var opened = await listener.AccessPoint().OpenTrackAsync(new OpenTrackRequest { Track = track.Track_, Reason = OpenReason.Wanted });
        Assert.Equal(track, opened.Track);
        Assert.Equal(-6, opened.AlbumGain, 3);
        Assert.Equal(0.9f, opened.AlbumPeak);
        Assert.Equal(3, Assert.Single((await import.Librarian().ListFilesAsync(new ListFilesRequest())).Files
            .GroupBy(static file => file.Track)).Count());
    }

    [Fact]
    public async Task AddTrack_LocationLongerThanAnIndexTakes_IsRefusedInWords()
    {
        using var import = await _backend.ConnectAsync("import");

        // By chance, so that it can't be made short enough.
        var location = Convert.ToBase64String(RandomNumberGenerator.GetBytes(3_000));
        var tooLong = TestTracks.At(location, 1, "Long");
        var detail = await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => import.Librarian().AddTrackAsync(tooLong).ResponseAsync);

        Assert.Contains("too long", detail);
        Assert.False((await import.Librarian().AddTrackAsync(TestTracks.At("/m/1.flac", 1, "Short"))).Replaced);
    }

    [Fact]
    public async Task Lookups_OfTextsThatPostgresHasNot_FindNothing()
    {
        using var listener = await _backend.ConnectAsync("ann");

        await CallAssert.FailsAsync(StatusCode.NotFound, () =>
            listener.AccessPoint().GetAlbumAsync(new GetAlbumRequest { Album = "a\0b" }).ResponseAsync);
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => _backend.LoginAsync("a\0b", 7));
    }
}
