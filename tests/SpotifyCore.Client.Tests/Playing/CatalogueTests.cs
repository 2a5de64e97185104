using System.Collections.Concurrent;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What a listener asks of the access point, and what the client tells of itself.</summary>
[Collection(PlayingGroup.Name)]
public sealed class CatalogueTests(TestNetwork network)
{
    [Fact]
    public async Task LogIn_WrongPassword_IsDeniedAndTheRightOneIsNot()
    {
        await using var client = await TestClient.StartAsync(network, "password", logIn: false);
        await Assert.ThrowsAsync<AccessDeniedException>(() => client.Client.SearchAsync("anything"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => client.Client.LogInAsync(TestNetwork.Listener, "wrong"));
        Assert.Equal("", client.Client.Account);
        await client.Client.LogInAsync(TestNetwork.Listener, TestNetwork.Password);
        await client.Client.LogInAsync(TestNetwork.Listener, TestNetwork.Password);
        Assert.Equal(TestNetwork.Listener, client.Client.Account);
        await client.Client.LogOutAsync();
        Assert.Equal("", client.Client.Account);
        await Assert.ThrowsAsync<AccessDeniedException>(() => client.Client.SearchAsync("anything"));
        var denied = await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(new TrackId(1)));
        Assert.Equal("Log in first.", denied.Message);
    }

    [Fact]
    public async Task LogIn_NobodyThere_SaysSo()
    {
        var options = TestClient.Options(network, "nobody", "null-fast");
        options.AccessPoint = $"http://127.0.0.1:{FreePort.Take()}";
        await using var client = await TestClient.StartAsync(options, logIn: false);
        await Assert.ThrowsAsync<AccessPointException>(() => client.Client.LogInAsync("anna", "secret"));
        var failed = await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(new TrackId(1)));
        Assert.Contains("can't be reached", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_GetTrack_GetAlbum_GetCover_TellWhatWasImported()
    {
        var tunes = new[]
        {
            await network.Press.MakeAsync("Quixotic overture", 1, seed: 20, album: "Zephyr suite", number: 1),
            await network.Press.MakeAsync("Quixotic finale", 1, seed: 21, album: "Zephyr suite", number: 2),
        };
        await using var client = await TestClient.StartAsync(network, "catalogue");
        var found = await client.Client.SearchAsync("quixotic", limit: 1);
        Assert.Equal((1, true), (found.Tracks.Count, found.HasMore));
        Assert.Empty((await client.Client.SearchAsync("xyzzy")).Tracks);

        var track = await client.Client.GetTrackAsync(tunes[1].Id);
        Assert.Equal(("Quixotic finale", "Zephyr suite", 2), (track.Title, track.Album, track.Number));
        Assert.Equal(tunes[1].Duration, track.Duration);
        var album = await client.Client.GetAlbumAsync(track.AlbumId);
        Assert.Equal(tunes.Select(tune => tune.Id), album.Tracks.Select(other => other.Id));
        Assert.Equal(2, album.Total);
        var cover = await client.Client.GetCoverAsync(track.CoverId);
        Assert.Equal("image/png", cover.MediaType);
        Assert.Equal(TestPress.CoverOf(track.Title), cover.Data.ToArray());

        await Assert.ThrowsAsync<AccessPointException>(() => client.Client.GetTrackAsync(new TrackId(3)));
        await Assert.ThrowsAsync<AccessPointException>(() => client.Client.GetAlbumAsync("nothing"));
        await Assert.ThrowsAsync<AccessPointException>(() => client.Client.GetCoverAsync("nothing"));
    }

    [Fact]
    public async Task Watch_WhilePlaying_TellsChangesUntilCancelled()
    {
        var tune = await network.Press.MakeAsync("Watched", 60, seed: 22);
        await using var client = await TestClient.StartAsync(network, "watch", "null");
        using var enough = new CancellationTokenSource();
        var seen = new ConcurrentQueue<PlayerStatus>();
        var watching = Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var status in client.Client.WatchAsync(TimeSpan.FromMilliseconds(20), enough.Token))
                seen.Enqueue(status);
        });
        await Eventually.TrueAsync(() => !seen.IsEmpty, "the beginning was seen");
        await client.Client.PlayAsync(tune.Id);
        await Eventually.TrueAsync(() => seen.Last().Position > TimeSpan.FromMilliseconds(100), "it was seen to play");
        await client.Client.StopAsync();
        await Eventually.TrueAsync(() => seen.Last().State == PlayerState.Stopped, "the end was seen");
        await enough.CancelAsync();
        await watching;
        Assert.Equal(PlayerState.Stopped, seen.First().State);
        var playing = seen.Where(status => status.State == PlayerState.Playing).ToList();
        Assert.NotEmpty(playing);

        // Where the sound stood still on a busy machine, its place was set back to where it is.
        var play = (await client.Client.GetStatisticsAsync()).Plays[^1];
        var stood = seen.SkipWhile(status => status.State != PlayerState.Playing)
            .Any(status => status.State == PlayerState.Waiting);
        if (play.Stutters == 0 && !stood)
            Assert.Equal(playing.OrderBy(status => status.Position), playing);

        Assert.All(playing, status => Assert.InRange(status.Position, TimeSpan.Zero, tune.Duration));
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task Statistics_AfterPlays_AddUp()
    {
        var tune = await network.Press.MakeAsync("Counted", 5, seed: 23);
        await using var client = await TestClient.StartAsync(network, "counted");
        await client.HearAsync(tune);
        await client.HearAsync(tune);
        var statistics = await client.Client.GetStatisticsAsync();
        Assert.Equal(2, statistics.Plays.Count);
        Assert.Equal(tune.Sealed.Length, statistics.Played.Cache);
        Assert.Equal(tune.Sealed.Length, statistics.Played.Production + statistics.Played.Master);
        Assert.InRange(statistics.CacheBytes, tune.Sealed.Length, statistics.CacheLimitBytes);
        Assert.True(statistics.Connections > 0);
    }
}
