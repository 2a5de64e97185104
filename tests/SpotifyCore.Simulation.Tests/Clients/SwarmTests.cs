using SpotifyCore.Content.Sources;
using SpotifyCore.Core;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>How a listener comes to peers, and what it tells them and the tracker.</summary>
public sealed class SwarmTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void Play_TrackerKnowsNobody_NeighboursAreSearchedAndCarryIt()
    {
        _stage.AddNode();
        var (brief, track) = (_stage.AddTrack(10), _stage.AddTrack(60));
        var neighbour = _stage.AddHolder(brief);
        _stage.GoOnline();
        _stage.Play(brief);
        _stage.World.Fill(neighbour, track);

        AssertFromTheOverlay(_stage.Play(track));
    }

    [Fact]
    public void Play_ANeighboursNeighbourHoldsIt_IsConnectedAndCarriesIt()
    {
        _stage.AddNode();
        var (brief, other, track) = (_stage.AddTrack(10), _stage.AddTrack(10), _stage.AddTrack(60));
        var (neighbour, far) = (_stage.AddHolder(brief), _stage.AddHolder(other));
        _stage.GoOnline();
        neighbour.Play(other);
        _stage.Play(brief);
        _stage.World.Fill(far, track);
        var given = far.UploadedBytes;

        AssertFromTheOverlay(_stage.Play(track));
        Assert.InRange(far.UploadedBytes - given, _stage.LengthOf(track) / 2, _stage.LengthOf(track) * 11 / 10);
    }

    [Fact]
    public void Play_PeerCannotBeReached_IsAskedToConnect()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(60);
        _stage.AddHolder(track, new ClientSpec { IsReachable = false, UpBytesPerSecond = 250_000 });
        _stage.GoOnline();

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.InRange(play.Bytes.Played(Tier.Peers), _stage.LengthOf(track) / 2, _stage.LengthOf(track));
    }

    [Fact]
    public void Play_OfWhatAnotherIsPlaying_TakesWhatIsThereAlready()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(60);
        var ahead = _stage.AddPeer();
        ahead.Play(track);
        _stage.GoOnline();
        _stage.Run(5);
        _stage.Listener.Play(track);
        _stage.Run(20);

        Assert.False(ahead.Holds(track));
        Assert.InRange(ahead.UploadedBytes, 100_000, _stage.LengthOf(track));
        Stage.AssertHeard(_stage.Finish(track));
    }

    [Fact]
    public void Play_PeerHoldsAPartAndFetchesNoMore_IsNotOffered()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(60);
        var former = _stage.AddPeer();
        former.Play(track);
        Assert.True(_stage.RunUntil(() => former.CachedBytes > 0, 2));
        former.Stop();
        _stage.GoOnline();

        var play = _stage.Play(track);

        Assert.True(play is { TrackerFound: true, OverlayFound: false });
        Assert.Equal(0, former.UploadedBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stored_AfterThePlay_TheFileIsAnnouncedUnlessTheCacheRefuses(bool refuses)
    {
        var stage = new Stage(options: SlowCaches(), listener: new ClientSpec { CacheBytes = refuses ? 0 : 1 << 30 });
        stage.AddNode();
        var track = stage.AddTrack(10);
        stage.GoOnline();
        var before = stage.World.Network.AccessPointCalls;
        Stage.AssertHeard(stage.Play(track));
        Assert.Equal((before + 1, false), (stage.World.Network.AccessPointCalls, stage.Listener.Holds(track)));

        stage.Run(20);

        Assert.Equal(
            (before + (refuses ? 1 : 2), !refuses),
            (stage.World.Network.AccessPointCalls, stage.Listener.Holds(track)));
    }

    [Fact]
    public void Stored_AfterAnotherWasChosen_TheFileIsAnnouncedIfNothingIsMissing()
    {
        var stage = new Stage(options: SlowCaches());
        stage.AddNode();
        var (brief, track) = (stage.AddTrack(10), stage.AddTrack(60));
        stage.GoOnline();
        stage.Listener.Play(brief);
        stage.Run(5);
        stage.Listener.Play(track);
        stage.Run(0.2);
        stage.Listener.Stop();
        var before = stage.World.Network.AccessPointCalls;

        stage.Run(60);

        Assert.True(stage.Listener.Holds(brief));
        Assert.Equal(before + 1, stage.World.Network.AccessPointCalls);
    }

    [Fact]
    public void Uploads_OwnBufferLow_Pause()
    {
        var node = _stage.AddNode(30_000);
        var (own, track) = (_stage.AddTrack(120), _stage.AddTrack(60));
        var giver = _stage.AddHolder(track, new ClientSpec { Core = Stage.Selfish });
        _stage.GoOnline();
        giver.Play(own);
        Assert.True(_stage.RunUntil(() => giver.Listened > TimeSpan.Zero, 20));
        node.Crash();
        Assert.True(_stage.RunUntil(() => giver.Status.Buffered < TimeSpan.FromSeconds(2), 60));

        _stage.Listener.Play(track);
        _stage.Run(3);
        Assert.Equal(0, giver.UploadedBytes);

        node.Recover();
        Assert.True(_stage.RunUntil(() => giver.UploadedBytes > 0, 25));
    }

    [Fact]
    public void Disconnect_WhileServed_ForgetsItsRequests()
    {
        var track = _stage.AddTrack(60);
        var giver = _stage.AddHolder(track);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        Assert.True(_stage.RunUntil(() => giver.Status.Uploads is { Chunks: > 0, Waiting: > 0 }, 2));

        _stage.Listener.Kill();
        _stage.Run(1);

        Assert.Equal((0, 0), (giver.Status.Uploads.Chunks, giver.Status.Uploads.Waiting));
        Assert.Equal(0, giver.Status.Peers);
    }

    // Not a chunk is in a cache before a play of ten seconds is over.
    private static WorldOptions SlowCaches() => new() { ChecksAll = true, CacheTakes = TimeSpan.FromSeconds(20) };

    private void AssertFromTheOverlay(in PlayRecord play)
    {
        Stage.AssertHeard(play);
        Assert.False(play.TrackerFound);
        Assert.Equal((true, PeerSearch.Overlay), (play.Claimed.Searched, play.Claimed.Search));
        Assert.InRange(play.Bytes.Played(Tier.Peers), _stage.LengthOf(play.Track) * 7 / 10, _stage.LengthOf(play.Track));
    }
}
