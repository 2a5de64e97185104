using Grpc.Core;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Control.Tests;

/// <summary>Every call of the control API over a real socket.</summary>
[Collection(DesktopGroup.Name)]
public sealed class DesktopServiceTests(TestNetwork network)
{
    [Fact]
    public async Task EveryCall_OverTheSocket_DoesWhatItSays()
    {
        var first = await network.Press.MakeAsync("Controlled first", 30, seed: 100);
        var second = await network.Press.MakeAsync("Controlled second", 30, seed: 101);
        await using var desktop = await TestDesktop.StartAsync(network, "control");
        using var channel = Open(desktop);

        var login = await channel.Desktop().LoginAsync(new DesktopLoginRequest { Name = TestNetwork.Listener, Password = TestNetwork.Password });
        Assert.Equal(TestNetwork.Listener, login.Name);
        var found = await channel.Desktop().SearchAsync(new SearchRequest { Query = "controlled", Limit = 1 });
        Assert.Equal((1, true), (found.Tracks.Count, found.More));

        using var enough = new CancellationTokenSource();
        using var watch = channel.Desktop().Watch(new WatchRequest { IntervalMs = 50 }, cancellationToken: enough.Token);
        var statuses = watch.ResponseStream.ReadAllAsync(enough.Token).GetAsyncEnumerator();
        Assert.True(await statuses.MoveNextAsync());
        Assert.Equal(PlayState.Stopped, statuses.Current.State);

        var play = await channel.Desktop().PlayAsync(new PlayRequest { Tracks = { first.Id.ToString() } });
        Assert.Equal((first.Id.ToString(), true, true), (play.Play.Track, play.Play.Clicked, play.Play.StartMs >= 0));
        while (await statuses.MoveNextAsync() && statuses.Current.State != PlayState.Playing)
        {
        }

        await enough.CancelAsync();
        var queue = await channel.Desktop().EnqueueAsync(new EnqueueRequest { Tracks = { second.Id.ToString() } });
        Assert.Equal([first.Id.ToString(), second.Id.ToString()], queue.Entries.Select(queued => queued.Track.Track_));
        Assert.Equal(queue.Entries, (await channel.Desktop().GetQueueAsync(new GetQueueRequest())).Entries);

        Assert.Equal(PlayState.Paused, (await channel.Desktop().PauseAsync(new PauseRequest())).State);
        await channel.Desktop().ResumeAsync(new ResumeRequest());
        await Eventually.TrueAsync(
            async () => await channel.Desktop().GetStatusAsync(new GetStatusRequest()).ResponseAsync
                is { State: PlayState.Playing },
            "it goes on");
        var sought = await channel.Desktop().SeekAsync(new SeekRequest { PositionMs = 20_000 });
        Assert.InRange(sought.PositionMs, 19_000, 29_000);
        await channel.Desktop().NextAsync(new NextRequest());
        await Eventually.TrueAsync(
            async () => await channel.Desktop().GetStatusAsync(new GetStatusRequest()).ResponseAsync
                is { State: PlayState.Playing, Track.Title: "Controlled second", Queued: 0 },
            "the second plays");
        var stopped = await channel.Desktop().StopAsync(new StopRequest());
        Assert.Equal((PlayState.Stopped, TestNetwork.Listener), (stopped.State, stopped.Account));

        var stats = await channel.Desktop().GetStatsAsync(new GetStatsRequest());
        Assert.Equal([first.Id.ToString(), second.Id.ToString()], stats.Plays.Select(report => report.Track));
        Assert.True(stats.Played.Production + stats.Played.Master > 0);
        Assert.True(stats.CacheLimit > stats.CacheBytes && stats.CacheBytes > 0);
    }

    [Fact]
    public async Task WrongCalls_AreRefusedWithTheReason()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "refused");
        using var channel = Open(desktop);
        await RefusedAsync(StatusCode.Unauthenticated, () => channel.Desktop().LoginAsync(new DesktopLoginRequest { Name = TestNetwork.Listener, Password = "wrong" }).ResponseAsync);
        await RefusedAsync(StatusCode.Unauthenticated, () => channel.Desktop().SearchAsync(new SearchRequest { Query = "x" }).ResponseAsync);
        await channel.Desktop().LoginAsync(new DesktopLoginRequest { Name = TestNetwork.Listener, Password = TestNetwork.Password });
        await RefusedAsync(StatusCode.InvalidArgument, () => channel.Desktop().PlayAsync(new PlayRequest()).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, () => channel.Desktop().PlayAsync(new PlayRequest { Tracks = { "?" } }).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, () => channel.Desktop().EnqueueAsync(new EnqueueRequest()).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, () => channel.Desktop().SeekAsync(new SeekRequest { PositionMs = -1 }).ResponseAsync);
        await RefusedAsync(StatusCode.FailedPrecondition, () => channel.Desktop().PlayAsync(new PlayRequest { Tracks = { new TrackId(77).ToString() } }).ResponseAsync);
        using var watch = channel.Desktop().Watch(new WatchRequest { IntervalMs = 1 });
        await RefusedAsync(StatusCode.InvalidArgument, async () => await watch.ResponseStream.ReadAllAsync().GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task Queue_OverTheSocket_IsChangedAsAsked()
    {
        var tunes = new List<string>();
        for (var i = 0; i < 4; i++)
            tunes.Add((await network.Press.MakeAsync($"Arranged {i}", 30, seed: 3_110 + i)).Id.ToString());

        await using var desktop = await TestDesktop.StartAsync(network, "arranged");
        using var channel = Open(desktop);
        await channel.Desktop().LoginAsync(new DesktopLoginRequest { Name = TestNetwork.Listener, Password = TestNetwork.Password });
        await channel.Desktop().PlayAsync(new PlayRequest { Tracks = { tunes[0], tunes[1] } });
        await channel.Desktop().EnqueueAsync(new EnqueueRequest { Tracks = { tunes[3] } });
        var queue = await channel.Desktop().EnqueueAsync(new EnqueueRequest { Tracks = { tunes[2] }, Next = true });
        Assert.Equal([tunes[0], tunes[2], tunes[1], tunes[3]], Tracks(queue));
        queue = await channel.Desktop().MoveInQueueAsync(new MoveInQueueRequest { Entry = queue.Entries[3].Entry, Place = 1 });
        Assert.Equal([tunes[0], tunes[3], tunes[2], tunes[1]], Tracks(queue));
        var gone = queue.Entries[2].Entry;
        queue = await channel.Desktop().RemoveFromQueueAsync(new RemoveFromQueueRequest { Entries = { gone } });
        Assert.Equal([tunes[0], tunes[3], tunes[1]], Tracks(queue));

        var jumped = await channel.Desktop().PlayEntryAsync(new PlayEntryRequest { Entry = queue.Entries[2].Entry });
        Assert.Equal((tunes[1], 0), (jumped.Track.Track_, jumped.Queued));

        // On a busy machine three seconds of it may have been heard: then it goes to its start first.
        await Eventually.TrueAsync(
            async () => (await channel.Desktop().PreviousAsync(new PreviousRequest())).Track.Track_ == tunes[3],
            "the one before plays");
        var status = await channel.Desktop().SetRepeatAsync(new SetRepeatRequest { Repeat = QueueRepeat.All });
        Assert.Equal((QueueRepeat.All, false, 100), (status.Repeat, status.Shuffled, status.VolumePercent));
        Assert.True((await channel.Desktop().SetShuffleAsync(new SetShuffleRequest { Shuffled = true })).Shuffled);
        Assert.Equal(40, (await channel.Desktop().SetVolumeAsync(new SetVolumeRequest { Percent = 40 })).VolumePercent);
        Assert.Equal(5_000, (await channel.Desktop().SetCrossfadeAsync(new SetCrossfadeRequest { LengthMs = 5_000 })).CrossfadeMs);
        Assert.Equal([tunes[3]], Tracks(await channel.Desktop().ClearQueueAsync(new ClearQueueRequest())));

        await RefusedAsync(StatusCode.NotFound, () => channel.Desktop().RemoveFromQueueAsync(new RemoveFromQueueRequest { Entries = { gone } }).ResponseAsync);
        await RefusedAsync(StatusCode.NotFound, () => channel.Desktop().MoveInQueueAsync(new MoveInQueueRequest { Entry = gone, Place = 1 }).ResponseAsync);
        await RefusedAsync(StatusCode.NotFound, () => channel.Desktop().PlayEntryAsync(new PlayEntryRequest { Entry = gone }).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, () => channel.Desktop().MoveInQueueAsync(new MoveInQueueRequest { Entry = gone }).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, () => channel.Desktop().SetRepeatAsync(new SetRepeatRequest { Repeat = (QueueRepeat)7 }).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, () => channel.Desktop().SetVolumeAsync(new SetVolumeRequest { Percent = 101 }).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, () => channel.Desktop().SetCrossfadeAsync(new SetCrossfadeRequest { LengthMs = 12_001 }).ResponseAsync);

        static IEnumerable<string> Tracks(QueueReply reply) => reply.Entries.Select(queued => queued.Track.Track_);
    }

    [Fact]
    public async Task Socket_IsItsUsersAloneAndGoneAfterwards()
    {
        string socket;
        await using (var desktop = await TestDesktop.StartAsync(network, "socket"))
        {
            socket = desktop.Socket;
            if (OperatingSystem.IsWindows())
                return;

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
        using var watch = channel.Desktop().Watch(new WatchRequest());
        var statuses = watch.ResponseStream.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await statuses.MoveNextAsync());
        await desktop.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAnyAsync<RpcException>(async () =>
        {
            while (await statuses.MoveNextAsync())
            {
            }
        });
    }

    private static EndpointChannel Open(TestDesktop desktop) => new(new EndpointChannelOptions { Address = $"unix:{desktop.Socket}" });

    private static async Task RefusedAsync(StatusCode expected, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(expected, refused.StatusCode);
        Assert.NotEmpty(refused.Status.Detail);
    }
}
