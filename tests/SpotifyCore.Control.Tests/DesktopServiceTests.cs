using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Control.Tests;

/// <summary>Every call of the control API over a real socket.</summary>
[Collection(NetworkCollection.Name)]
public sealed class DesktopServiceTests(TestNetwork network)
{
    [Fact]
    public async Task EveryCall_OverTheSocket_DoesWhatItSays()
    {
        var first = await network.Press.MakeAsync("Controlled first", 30, seed: 100);
        var second = await network.Press.MakeAsync("Controlled second", 30, seed: 101);
        await using var desktop = await TestDesktop.StartAsync(network, "control");
        using var channel = Open(desktop);

        var login = await channel.UnaryAsync(
            DesktopMethods.Login, new DesktopLoginRequest { Name = TestNetwork.Listener, Password = TestNetwork.Password });
        Assert.Equal(TestNetwork.Listener, login.Name);
        var found = await channel.UnaryAsync(DesktopMethods.Search, new SearchRequest { Query = "controlled", Limit = 1 });
        Assert.Equal((1, 2), (found.Tracks.Count, found.Total));

        using var enough = new CancellationTokenSource();
        await using var watch = channel.ServerStreaming(
            DesktopMethods.Watch, new WatchRequest { IntervalMs = 50 }, new RpcCallOptions(null, null, enough.Token));
        var statuses = watch.ReadAllAsync(enough.Token).GetAsyncEnumerator();
        Assert.True(await statuses.MoveNextAsync());
        Assert.Equal(PlayState.Stopped, statuses.Current.State);

        var play = await channel.UnaryAsync(DesktopMethods.Play, new PlayRequest { Tracks = { first.Id.ToString() } });
        Assert.Equal((first.Id.ToString(), true, true), (play.Play.Track, play.Play.Clicked, play.Play.StartMs >= 0));
        while (await statuses.MoveNextAsync() && statuses.Current.State != PlayState.Playing)
        {
        }

        await enough.CancelAsync();
        var queue = await channel.UnaryAsync(DesktopMethods.Enqueue, new EnqueueRequest { Tracks = { second.Id.ToString() } });
        Assert.Equal([first.Id.ToString(), second.Id.ToString()], queue.Tracks.Select(track => track.Track_));
        Assert.Equal(2, (await channel.UnaryAsync(DesktopMethods.GetQueue, new GetQueueRequest())).Tracks.Count);

        Assert.Equal(PlayState.Paused, (await channel.UnaryAsync(DesktopMethods.Pause, new PauseRequest())).State);
        Assert.Equal(PlayState.Playing, (await channel.UnaryAsync(DesktopMethods.Resume, new ResumeRequest())).State);
        var sought = await channel.UnaryAsync(DesktopMethods.Seek, new SeekRequest { PositionMs = 20_000 });
        Assert.InRange(sought.PositionMs, 19_000, 29_000);
        await channel.UnaryAsync(DesktopMethods.Next, new NextRequest());
        await Eventually.TrueAsync(
            async () => await channel.UnaryAsync(DesktopMethods.GetStatus, new GetStatusRequest())
                is { State: PlayState.Playing, Track.Title: "Controlled second", Queued: 0 },
            "the second plays");
        var stopped = await channel.UnaryAsync(DesktopMethods.Stop, new StopRequest());
        Assert.Equal((PlayState.Stopped, TestNetwork.Listener), (stopped.State, stopped.Account));

        var stats = await channel.UnaryAsync(DesktopMethods.GetStats, new GetStatsRequest());
        Assert.Equal([first.Id.ToString(), second.Id.ToString()], stats.Plays.Select(report => report.Track));
        Assert.True(stats.Played.Production + stats.Played.Master > 0);
        Assert.True(stats.CacheLimit > stats.CacheBytes && stats.CacheBytes > 0);
    }

    [Fact]
    public async Task WrongCalls_AreRefusedWithTheReason()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "refused");
        using var channel = Open(desktop);
        await RefusedAsync(RpcStatusCode.Unauthenticated, () => channel.UnaryAsync(
            DesktopMethods.Login, new DesktopLoginRequest { Name = TestNetwork.Listener, Password = "wrong" }));
        await RefusedAsync(RpcStatusCode.Unauthenticated, () => channel.UnaryAsync(DesktopMethods.Search, new SearchRequest { Query = "x" }));
        await channel.UnaryAsync(
            DesktopMethods.Login, new DesktopLoginRequest { Name = TestNetwork.Listener, Password = TestNetwork.Password });
        await RefusedAsync(RpcStatusCode.InvalidArgument, () => channel.UnaryAsync(DesktopMethods.Play, new PlayRequest()));
        await RefusedAsync(RpcStatusCode.InvalidArgument, () => channel.UnaryAsync(DesktopMethods.Play, new PlayRequest { Tracks = { "?" } }));
        await RefusedAsync(RpcStatusCode.InvalidArgument, () => channel.UnaryAsync(DesktopMethods.Enqueue, new EnqueueRequest()));
        await RefusedAsync(RpcStatusCode.InvalidArgument, () => channel.UnaryAsync(DesktopMethods.Seek, new SeekRequest { PositionMs = -1 }));
        await RefusedAsync(RpcStatusCode.FailedPrecondition, () => channel.UnaryAsync(
            DesktopMethods.Play, new PlayRequest { Tracks = { new TrackId(77).ToString() } }));
        await using var watch = channel.ServerStreaming(DesktopMethods.Watch, new WatchRequest { IntervalMs = 1 });
        await RefusedAsync(RpcStatusCode.InvalidArgument, async () => await watch.ReadAllAsync().GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task Socket_IsItsUsersAloneAndGoneAfterwards()
    {
        string socket;
        await using (var desktop = await TestDesktop.StartAsync(network, "socket"))
        {
            socket = desktop.Socket;
            const UnixFileMode user = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(user, File.GetUnixFileMode(socket));
            Assert.Equal(user | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(socket)!));
        }

        Assert.False(File.Exists(socket));
    }

    [Fact]
    public async Task Stop_WhileSomebodyWatches_CallsTheStreamOff()
    {
        var desktop = await TestDesktop.StartAsync(network, "watched");
        using var channel = Open(desktop);
        await using var watch = channel.ServerStreaming(DesktopMethods.Watch, new WatchRequest());
        var statuses = watch.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await statuses.MoveNextAsync());
        await desktop.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAnyAsync<RpcException>(async () =>
        {
            while (await statuses.MoveNextAsync())
            {
            }
        });
    }

    private static RpcChannel Open(TestDesktop desktop) => new(new RpcChannelOptions { Address = $"unix:{desktop.Socket}" });

    private static async Task RefusedAsync(RpcStatusCode expected, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(expected, refused.Code);
        Assert.NotEmpty(refused.Detail);
    }
}
