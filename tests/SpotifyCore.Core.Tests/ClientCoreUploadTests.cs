using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Tests.World;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests;

public sealed class ClientCoreUploadTests
{
    private readonly NetWorld _world = new(options => options.Uploads.MaxBytesPerSecond = int.MaxValue);
    private readonly TestTrack _track;

    public ClientCoreUploadTests()
    {
        _track = _world.AddTrack(1, seconds: 60);
        _world.Cache.Fill(_track.Manifest);
    }

    private FileId File => _track.Manifest.File;

    [Fact]
    public void ChunkRequest_FileHeldWhole_IsServedInOrder()
    {
        var peer = _world.Accept(_world.AddPeer());
        AskHave(peer, 1);
        Ask(peer, 2, first: 3, count: 4);
        _world.Clock.Run(TimeSpan.FromSeconds(1));

        Assert.Contains(Sent(peer), message => message is { Request: 1, Holding: HaveKind.Whole });
        Assert.Equal([3u, 4u, 5u, 6u], _world.Wire.Uploads.Select(upload => upload.Chunk.Index));
        Assert.Equal(4 * 16_384, _world.Status.UploadedBytes);
    }

    [Fact]
    public void ChunkRequest_FileNotHeldWhole_IsNotOffered()
    {
        var other = _world.AddTrack(2, seconds: 60);
        _world.Cache.Put(new ChunkId(other.Manifest.File, 0));
        var peer = _world.Accept(_world.AddPeer());
        Bring(peer, PeerMessage.RequestHave(1, other.Manifest.File));
        Bring(peer, PeerMessage.RequestChunks(2, other.Manifest.File, 0, 1, RequestPriority.Playing, 0));

        Assert.Contains(Sent(peer), message => message is { Kind: PeerMessageKind.Have, Holding: HaveKind.None });
        Assert.Contains(PeerMessage.Error(2, ProtocolCode.NotOffered), Sent(peer));
        Assert.Empty(_world.Wire.Uploads);
    }

    [Fact]
    public void ChunkRequest_ManyNewcomers_AllSlotsButOneByPriority()
    {
        _world.Wire.CompletesUploads = false;
        var peers = Enumerable.Range(0, 6).Select(_ => _world.Accept(_world.AddPeer())).ToArray();
        foreach (var peer in peers)
            AskHave(peer, 1);

        foreach (var peer in peers)
        {
            Ask(peer, 2, 0, 2, RequestPriority.Prefetch);
            Ask(peer, 3, 10, 2, RequestPriority.Playing);
        }

        Assert.Equal(3, _world.Wire.Uploads.Count);
        Assert.Equal(3, _world.Wire.Uploads.Select(upload => upload.Connection).Distinct().Count());

        var first = _world.Wire.Uploads[0];
        _world.Raise(new ChunkSent(first.Connection, first.Request, first.Chunk.Index, 16_384));
        Assert.Equal(RequestPriority.Playing, _world.Wire.Uploads[3].Priority);
        Assert.NotEqual(first.Connection, _world.Wire.Uploads[3].Connection);
    }

    [Fact]
    public void ChunkRequest_BeyondTheLimits_IsBusy()
    {
        _world.Wire.CompletesUploads = false;
        var peer = _world.Accept(_world.AddPeer());
        AskHave(peer, 1);
        for (var i = 2u; i < 50; i++)
            Ask(peer, i, 0, 4);

        Assert.Equal(48 - 33, Sent(peer).Count(message => message.Kind == PeerMessageKind.Busy));
    }

    [Fact]
    public void Cancel_WaitingAndSending_EndsTheRequest()
    {
        _world.Wire.CompletesUploads = false;
        var peer = _world.Accept(_world.AddPeer());
        AskHave(peer, 1);
        Ask(peer, 2, 0, 4);
        Ask(peer, 3, 4, 4);
        Bring(peer, PeerMessage.Cancel(2));
        Bring(peer, PeerMessage.Cancel(3));

        Assert.Contains(Sent(peer), message => message is { Kind: PeerMessageKind.Error, Request: 3 });
        _world.Raise(new ChunkSent(peer, 2, 0, 16_384));
        Assert.Contains(Sent(peer), message => message is { Kind: PeerMessageKind.Error, Request: 2 });
        Assert.Single(_world.Wire.Uploads);
    }

    [Fact]
    public void ChunkRequest_CacheLostTheChunk_IsNotFound()
    {
        var peer = _world.Accept(_world.AddPeer());
        AskHave(peer, 1);
        _world.Wire.CompletesUploads = false;
        Ask(peer, 2, 0, 1);
        _world.Raise(new ChunkSent(peer, 2, 0, 0));

        Assert.Contains(Sent(peer), message => message is { Kind: PeerMessageKind.NotFound, Request: 2 });
        Assert.Equal(0, _world.Status.Uploads.Chunks);
    }

    [Fact]
    public void Uploads_OwnBufferLow_Pause()
    {
        var node = _world.AddNode();
        node.BytesPerSecond = 30_000;
        var played = _world.AddTrack(3, seconds: 120);
        var peer = _world.Accept(_world.AddPeer());
        _world.GoOnline();
        AskHave(peer, 1);
        _world.Choose(new PlayId(1), played);
        Assert.True(_world.Clock.RunUntil(
            () => _world.Done.OfType<StartSounding>().Any(), TimeSpan.FromSeconds(20)));
        node.Crash();
        Assert.True(_world.Clock.RunUntil(() => IsLow(new PlayId(1)), TimeSpan.FromSeconds(30)));

        Ask(peer, 2, 0, 1);
        Assert.Contains(Sent(peer), message => message is { Kind: PeerMessageKind.Busy, Request: 2 });

        node.Recover();
        _world.Clock.Run(TimeSpan.FromSeconds(20));
        Ask(peer, 3, 0, 1);
        Assert.Single(_world.Wire.Uploads);
    }

    [Fact]
    public void Disconnect_WhileServed_ForgetsItsRequests()
    {
        _world.Wire.CompletesUploads = false;
        var peer = _world.Accept(_world.AddPeer());
        AskHave(peer, 1);
        Ask(peer, 2, 0, 8);
        _world.Drop(peer);

        Assert.Equal(0, _world.Status.Uploads.Chunks);
        Assert.Equal(0, _world.Status.Peers);
    }

    /// <summary>Nobody says that their chunks are held up: they take a little of them all the time.</summary>
    [Fact]
    public void ChunkRequest_ReadersThatTrickle_LoseTheirSlotsToOneThatWaitsAndAreClosedInTheEnd()
    {
        _world.Wire.CompletesUploads = false;
        var crowd = Enumerable.Range(0, 4).Select(_ => _world.Accept(_world.AddPeer(), account: 7)).ToArray();
        foreach (var peer in crowd)
        {
            AskHave(peer, 1);
            Ask(peer, 2, first: 0, count: 8);
        }

        var honest = _world.Accept(_world.AddPeer(), account: 8);
        AskHave(honest, 1);
        Ask(honest, 2, first: 0, count: 20);
        for (var given = 0; given < 20; given++)
        {
            Assert.True(_world.Clock.RunUntil(
                () => _world.Wire.Uploads.Count(upload => upload.Connection == honest) > given, TimeSpan.FromSeconds(5)));
            _world.Raise(new ChunkSent(honest, 2, (uint)given, 16_384));
        }

        Assert.Empty(_world.Wire.Closes);
        _world.Clock.Run(TimeSpan.FromSeconds(31));
        Assert.Superset(
            crowd[..3].Select(static peer => (peer, CloseReason.Stalled)).ToHashSet(), _world.Wire.Closes.ToHashSet());
        Assert.DoesNotContain(_world.Wire.Closes, close => close.Connection == honest);
    }

    [Fact]
    public void ChunkRequest_SlowLineAlone_GetsItsMusic()
    {
        _world.Wire.CompletesUploads = false;
        var slow = _world.Accept(_world.AddPeer(), account: 7);
        AskHave(slow, 1);
        Ask(slow, 2, first: 0, count: 16);
        for (var given = 1; given <= 16; given++)
        {
            Assert.Equal(given, _world.Wire.Uploads.Count);
            _world.Clock.Run(TimeSpan.FromSeconds(10));
            _world.Raise(new ChunkSent(slow, 2, (uint)given - 1, 16_384));
        }

        Assert.Empty(_world.Wire.Closes);
    }

    private bool IsLow(PlayId play) => _world.Status.Buffered < TimeSpan.FromSeconds(2) && _world.Ear(play).Next > 0;

    private void AskHave(ConnectionId peer, uint request) => Bring(peer, PeerMessage.RequestHave(request, File));

    private void Ask(
        ConnectionId peer, uint request, uint first, uint count, RequestPriority priority = RequestPriority.Playing) =>
        Bring(peer, PeerMessage.RequestChunks(request, File, first, count, priority, 0));

    private void Bring(ConnectionId peer, in PeerMessage message) =>
        _world.Raise(new MessageReceived(peer, message));

    private IEnumerable<PeerMessage> Sent(ConnectionId peer) =>
        _world.Wire.Sent.Where(sent => sent.Connection == peer).Select(sent => sent.Message);
}
