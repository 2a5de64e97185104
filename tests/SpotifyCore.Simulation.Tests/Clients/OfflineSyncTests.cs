using SpotifyCore.Simulation.Clients;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>What is kept offline comes whole, with what the line has left by what is listened to.</summary>
public sealed class OfflineSyncTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void KeepOffline_WithoutPeers_ComesFromProductionInOrder()
    {
        _stage.AddNode();
        int[] tracks = [_stage.AddTrack(120), _stage.AddTrack(60), _stage.AddTrack(90)];
        _stage.GoOnline();

        _stage.Listener.KeepOffline(tracks);

        Assert.True(_stage.RunUntil(() => _stage.Listener.Holds(tracks[0]), 20));
        Assert.False(_stage.Listener.Holds(tracks[2]));
        Assert.True(_stage.RunUntil(() => tracks.All(_stage.Listener.Holds), 60));
    }

    [Fact]
    public void KeepOffline_WithPeers_LeavesProductionAlone()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(120);
        _stage.AddHolder(track);
        _stage.GoOnline();
        var before = _stage.World.Network.NodeRequests;

        _stage.Listener.KeepOffline(track);

        Assert.True(_stage.RunUntil(() => _stage.Listener.Holds(track), 60));
        Assert.Equal(before, _stage.World.Network.NodeRequests);
    }

    [Fact]
    public void KeepOffline_BehindOneThatComesSlowly_WaitsForItsTurnAndLeavesProductionAlone()
    {
        _stage.AddNode();
        int[] tracks = [_stage.AddTrack(120), _stage.AddTrack(120)];
        var holder = _stage.AddHolder(tracks[0], new ClientSpec { UpBytesPerSecond = 60_000 });
        _stage.World.Fill(holder, tracks[1], announced: true);
        _stage.GoOnline();
        var before = _stage.World.Network.NodeRequests;

        _stage.Listener.KeepOffline(tracks);

        // The first takes longer than a file is waited for of which nothing comes.
        Assert.False(_stage.RunUntil(() => _stage.Listener.Holds(tracks[0]), 30));
        Assert.True(_stage.RunUntil(() => _stage.Listener.Holds(tracks[0]), 120));
        Assert.False(_stage.Listener.Holds(tracks[1]));
        Assert.True(_stage.RunUntil(() => _stage.Listener.Holds(tracks[1]), 120));
        Assert.Equal(before, _stage.World.Network.NodeRequests);
    }

    [Fact]
    public void KeepOffline_WhileSomethingPlaysOnANarrowLine_IsNotHeardOf()
    {
        var alone = Listen(keeps: false);
        var beside = Listen(keeps: true);

        Stage.AssertHeard(beside);
        Assert.InRange((beside.Start!.Value - alone.Start!.Value).TotalMilliseconds, -5, 5);

        // 160 kbps take 20 kB/s: of the line nearly all is left once enough lies ahead.
        static PlayRecord Listen(bool keeps)
        {
            var stage = new Stage(listener: new ClientSpec { DownBytesPerSecond = 60_000 });
            stage.AddNode();
            var heard = stage.AddTrack(120);
            int[] kept = [stage.AddTrack(120), stage.AddTrack(120)];
            stage.GoOnline();
            stage.Listener.Play(heard);
            if (keeps)
                stage.Listener.KeepOffline(kept);

            var play = stage.Finish(heard);
            Assert.Equal(keeps, stage.RunUntil(() => kept.All(stage.Listener.Holds), 120));
            return play;
        }
    }

    [Fact]
    public void Play_WhileMuchIsBeingKept_SoundsAsSoonAsEver()
    {
        var stage = new Stage(listener: new ClientSpec { DownBytesPerSecond = 200_000 });
        stage.AddNode();
        var heard = stage.AddTrack(60);
        var kept = stage.AddTrack(1_200);
        stage.GoOnline();
        stage.Listener.KeepOffline(kept);
        stage.Run(5);
        Assert.False(stage.Listener.Holds(kept));

        var play = stage.Play(heard);

        // What was on its way when the listener clicked is still to come, and no more than that.
        Stage.AssertHeard(play);
        Assert.InRange(play.Start!.Value.TotalSeconds, 0, 6);
        Assert.True(stage.RunUntil(() => stage.Listener.Holds(kept), 120));
    }

    [Fact]
    public void Play_WhileManyPeersSendWhatIsKept_CallsThatOff()
    {
        var stage = new Stage(listener: new ClientSpec { DownBytesPerSecond = 1_000_000 });
        stage.AddNode();
        var (heard, kept) = (stage.AddTrack(60), stage.AddTrack(2_400));
        for (var i = 0; i < 8; i++)
            stage.AddHolder(kept);

        stage.GoOnline();
        stage.Listener.KeepOffline(kept);
        stage.Run(6);
        Assert.False(stage.Listener.Holds(kept));

        // All that was asked of them would take a third of a second more.
        Assert.InRange(stage.Play(heard).Start!.Value.TotalMilliseconds, 0, 400);
    }

    [Fact]
    public void KeepOffline_NobodyHasIt_GoesOnWithTheOthersAndComesBack()
    {
        var (missing, there) = (_stage.AddTrack(60), _stage.AddTrack(60));
        var holder = _stage.AddHolder(there);
        _stage.GoOnline();
        _stage.Listener.KeepOffline(missing, there);

        Assert.True(_stage.RunUntil(() => _stage.Listener.Holds(there), 180));
        Assert.False(_stage.Listener.Holds(missing));

        _stage.World.Fill(holder, missing, announced: true);
        Assert.True(_stage.RunUntil(() => _stage.Listener.Holds(missing), 300));
    }

    [Fact]
    public void KeepOffline_AfterAKill_FetchesWhatWasMissing()
    {
        _stage.AddNode(bytesPerSecond: 100_000);
        var track = _stage.AddTrack(120);
        _stage.GoOnline();
        _stage.Listener.KeepOffline(track);
        Assert.True(_stage.RunUntil(() => _stage.Listener.CachedBytes > _stage.LengthOf(track) / 2, 60));
        _stage.Listener.Kill();
        var here = _stage.Listener.CachedBytes;
        var given = _stage.World.Network.NodeBytes;

        _stage.GoOnline();
        _stage.Listener.KeepOffline(track);

        Assert.True(_stage.RunUntil(() => _stage.Listener.Holds(track), 60));
        Assert.InRange(_stage.World.Network.NodeBytes - given, 1, _stage.LengthOf(track) - here + (128 << 10));
    }

    [Fact]
    public void KeepOffline_Nothing_CallsOffWhatWasComing()
    {
        _stage.AddNode(bytesPerSecond: 100_000);
        var track = _stage.AddTrack(600);
        _stage.GoOnline();
        _stage.Listener.KeepOffline(track);
        _stage.Run(5);

        _stage.Listener.KeepOffline();
        _stage.Run(15);
        var given = _stage.World.Network.NodeBytes;
        _stage.Run(15);

        Assert.Equal(given, _stage.World.Network.NodeBytes);
        Assert.False(_stage.Listener.Holds(track));
    }

    [Fact]
    public void Play_OfWhatIsComing_HasItOnceAndItIsKeptAfterwards()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(600);
        _stage.GoOnline();
        _stage.Listener.KeepOffline(track);
        _stage.Run(1);

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.True(_stage.RunUntil(() => _stage.Listener.Holds(track), 60));
        Assert.InRange(play.Bytes.UnusedBytes, 0, 64 << 10);
    }
}
