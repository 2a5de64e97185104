using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Tests.World;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests;

public sealed class ClientCoreSwarmTests
{
    private static readonly PlayId One = new(1);

    private readonly NetWorld _world = new(options => options.Uploads.MaxBytesPerSecond = int.MaxValue);
    private readonly TestTrack _track;
    private readonly TestTrack _brief;

    public ClientCoreSwarmTests()
    {
        _world.AddNode();
        _track = _world.AddTrack(1, seconds: 60);
        _brief = _world.AddTrack(3, seconds: 10);
        _world.GoOnline();
    }

    private FileId File => _track.Manifest.File;

    [Fact]
    public void Play_TrackerKnowsNobody_NeighboursAreSearchedAndCarryIt()
    {
        var (peer, connection) = Neighbour();
        _world.Choose(One, _track);
        _world.Clock.Run(TimeSpan.FromMilliseconds(100));
        var search = Assert.Single(Sent(PeerMessageKind.Search), sent => sent.Connection == connection).Message;
        Assert.Equal((File, (byte)1), (search.File, search.Hops));

        peer.Holds = true;
        _world.Raise(new HitReceived(connection, search.Query, []));

        Assert.True(_world.RunToEnd(One));
        var statistics = _world.Statistics(One);
        Assert.Equal((true, PeerSearch.Overlay), (statistics.Searched, statistics.Search));
        Assert.InRange(statistics.Played(Tier.Peers), _track.Manifest.Length * 7 / 10, _track.Manifest.Length);
        Assert.Equal(0, _world.Ear(One).Stutters);
    }

    [Theory]
    [InlineData(PeerMessageKind.Busy)]
    [InlineData(PeerMessageKind.Error)]
    public void HaveRequest_Refused_AnotherHelpsAndItIsAskedAgainOnceNamed(PeerMessageKind refusal)
    {
        _world.Options.Search.Enabled = false;
        _world.Options.Neighbours.FirstPeersPerFile = _world.Options.Neighbours.PeersPerFile = 1;
        var (asked, connection) = Neighbour();
        _world.Choose(One, _track);
        _world.Clock.RunUntil(() => Asked(connection).Length > 0, TimeSpan.FromSeconds(2));
        var request = Assert.Single(Asked(connection)).Request;
        var other = _world.AddPeer();
        _world.Raise(new PeersFound(File, [other.Address]));
        Assert.Empty(other.Connections);

        _world.Bring(connection, refusal == PeerMessageKind.Busy
            ? PeerMessage.Busy(request, 500) : PeerMessage.Error(request, ProtocolCode.Internal));
        _world.Clock.Run(TimeSpan.FromSeconds(1));
        Assert.Single(other.Connections);

        other.Crash();
        _world.Raise(new PeersFound(File, [asked.Address]));
        Assert.Equal(2, Asked(connection).Length);
    }

    [Fact]
    public void HitReceived_ThatNamesAPeer_ConnectsToIt()
    {
        var (_, connection) = Neighbour();
        var other = _world.AddPeer();
        other.Holds = false;
        _world.Choose(One, _track);
        _world.Clock.Run(TimeSpan.FromMilliseconds(100));
        var query = Sent(PeerMessageKind.Search)[0].Message.Query;
        other.Holds = true;
        _world.Raise(new HitReceived(connection, query, [other.Address]));

        Assert.True(_world.RunToEnd(One));
        Assert.InRange(other.SentBytes, _track.Manifest.Length / 2, _track.Manifest.Length);
        Assert.Equal(PeerSearch.Overlay, _world.Statistics(One).Search);
    }

    [Fact]
    public void Search_OfANeighbour_IsAnsweredOrPassedOn()
    {
        var (_, asker) = Neighbour();
        var (_, other) = Neighbour();
        _world.Raise(new MessageReceived(asker, PeerMessage.Search(1, File, 1)));
        Assert.Equal((other, PeerMessage.Search(1, File, 0)), Assert.Single(Sent(PeerMessageKind.Search)));

        _world.Cache.Fill(_track.Manifest);
        _world.Raise(new MessageReceived(asker, PeerMessage.Search(2, File, 1)));
        Assert.Equal((asker, PeerMessage.SearchHit(2, 0)), Assert.Single(Sent(PeerMessageKind.SearchHit)));

        _world.Raise(new MessageReceived(
            asker, PeerMessage.RequestChunks(1, File, 0, 1, RequestPriority.Playing, 0)));
        Assert.Single(_world.Wire.Uploads);
    }

    [Fact]
    public void Search_Flood_EndsTheConnectionAndIsReported()
    {
        var (flooder, connection) = Neighbour();
        for (ulong query = 1; query < 1_000 && _world.Wire.Closes.Count == 0; query++)
            _world.Raise(new MessageReceived(connection, PeerMessage.Search(query, File, 0)));

        Assert.Equal((connection, CloseReason.Flooded), Assert.Single(_world.Wire.Closes));
        Assert.Equal((flooder.Address.Id!.Value, CloseReason.Flooded), Assert.Single(_world.Reported));
        _world.Accept(flooder);
        Assert.Equal(CloseReason.Banned, _world.Wire.Closes[^1].Reason);
    }

    [Fact]
    public void Play_PeerLies_IsReported()
    {
        var liar = _world.AddPeer();
        liar.Lies = true;

        Assert.True(_world.PlayToEnd(One, _track));

        Assert.Equal((liar.Address.Id!.Value, CloseReason.WrongChunk), Assert.Single(_world.Reported));
        Assert.Equal(0, _world.Ear(One).Stutters);
    }

    [Fact]
    public void LineChanged_Metered_LeavesPeersAlone()
    {
        var (_, connection) = Neighbour();
        _world.AddPeer();
        _world.Raise(new LineChanged(LineKind.Metered));
        Assert.Equal((connection, CloseReason.NotNeeded), Assert.Single(_world.Wire.Closes));

        Assert.True(_world.PlayToEnd(One, _track));
        Assert.Equal(0, _world.Statistics(One).Played(Tier.Peers));
        Assert.False(_world.Statistics(One).Searched);

        _world.Raise(new LineChanged(LineKind.Unmetered));
        Assert.True(_world.PlayToEnd(new PlayId(2), _world.AddTrack(2, seconds: 60)));
        Assert.InRange(_world.Statistics(new PlayId(2)).Played(Tier.Peers), 1, long.MaxValue);
    }

    [Fact]
    public void ConnectionFailed_Peer_IsAskedToConnect()
    {
        var peer = _world.AddPeer();
        peer.Crash();
        _world.Choose(One, _track);
        _world.Clock.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(peer.Address.Id!.Value, Assert.Single(_world.Reversed));

        peer.Recover();
        _world.Accept(peer);

        Assert.True(_world.RunToEnd(One));
        Assert.InRange(peer.SentBytes, _track.Manifest.Length / 2, _track.Manifest.Length);
    }

    [Fact]
    public void ReverseAsked_Peer_IsConnected()
    {
        var peer = _world.AddPeer();
        _world.Raise(new ReverseRequested(peer.Address));
        _world.Clock.Run(TimeSpan.FromSeconds(1));

        Assert.Single(peer.Connections);
        Assert.Equal(1, _world.Status.Peers);
    }

    [Fact]
    public void HaveRequest_FileBeingPlayed_IsOfferedAsFarAsItIsHere()
    {
        var (_, connection) = Neighbour();
        _world.Choose(One, _track);
        _world.Clock.Run(TimeSpan.FromSeconds(1));
        _world.Bring(connection, PeerMessage.RequestHave(1, File));

        var offer = Assert.Single(Sent(PeerMessageKind.Have)).Message;
        Assert.Equal((HaveKind.Part, 1u, _track.Manifest.ChunkCount), (offer.Holding, offer.Request, offer.Count));
        _world.Bring(connection, PeerMessage.RequestChunks(2, File, 0, 1, RequestPriority.Playing, 0));
        Assert.Single(_world.Wire.Uploads);

        Assert.True(_world.RunToEnd(One));
        Assert.Equal(HaveKind.Whole, Sent(PeerMessageKind.Have)[^1].Message.Holding);
        Assert.InRange(Sent(PeerMessageKind.Have).Length, 3, 12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stored_AfterThePlay_TheFileIsAnnouncedUnlessTheCacheRefuses(bool refuses)
    {
        var (_, connection) = Neighbour();
        _world.StoreTakes = TimeSpan.FromSeconds(20);
        Assert.True(_world.PlayToEnd(One, _brief));
        Assert.Empty(_world.Announced);

        // Who asks meanwhile is offered what is here, and told of the rest.
        _world.Bring(connection, PeerMessage.RequestHave(1, _brief.Manifest.File));
        Assert.Equal((1u, HaveKind.Part), Told(0));

        _world.Cache.Refuses = refuses;
        _world.Clock.Run(TimeSpan.FromSeconds(20));
        if (refuses)
        {
            Assert.Empty(_world.Announced);
            Assert.Single(Sent(PeerMessageKind.Have));
            return;
        }

        Assert.Equal([_brief.Manifest.File], _world.Announced);
        Assert.Equal((0u, HaveKind.Whole), Told(1));
        Assert.Equal(2, Sent(PeerMessageKind.Have).Length);
    }

    [Fact]
    public void Stored_AfterAnotherWasChosen_TheFileIsAnnouncedIfNothingIsMissing()
    {
        _world.StoreTakes = TimeSpan.FromSeconds(20);
        _world.Choose(One, _brief);
        _world.Clock.Run(TimeSpan.FromSeconds(5));
        _world.Choose(new PlayId(2), _track);
        _world.Clock.Run(TimeSpan.FromMilliseconds(200));
        _world.Stop();

        _world.Clock.Run(TimeSpan.FromSeconds(60));
        Assert.Equal([_brief.Manifest.File], _world.Announced);
    }

    [Fact]
    public void PartReceived_PeerHoldsSome_IsAskedForThoseAlone()
    {
        var (peer, connection) = Neighbour();
        _world.Choose(One, _track);
        _world.Clock.Run(TimeSpan.FromMilliseconds(200));
        peer.Holds = true;
        _world.Raise(new PartReceived(connection, File, First: 0, new[] { 0x0FF000ul, 0ul }));

        Assert.True(_world.RunToEnd(One));
        var asked = Sent(PeerMessageKind.ChunkRequest).Where(sent => sent.Connection == connection).ToArray();
        Assert.NotEmpty(asked);
        Assert.All(asked, sent => Assert.InRange(sent.Message.Chunk + sent.Message.Count, 13u, 20u));
        Assert.All(asked, sent => Assert.InRange(sent.Message.Chunk, 12u, 19u));
        Assert.Equal(0, _world.Ear(One).Stutters);
    }

    [Fact]
    public void MonthCounted_BudgetUsedUp_NothingIsGiven()
    {
        _world.Options.Uploads.MonthlyBytes = 1_000_000;
        _world.Cache.Fill(_track.Manifest);
        var (_, connection) = Neighbour();
        _world.Raise(new MonthCounted(1_000_000));
        _world.Bring(connection, PeerMessage.RequestHave(1, File));
        Assert.Equal(HaveKind.None, Assert.Single(Sent(PeerMessageKind.Have)).Message.Holding);

        _world.Raise(new MonthCounted(0));
        _world.Bring(connection, PeerMessage.RequestHave(2, File));
        Assert.Equal(HaveKind.Whole, Sent(PeerMessageKind.Have)[^1].Message.Holding);
    }

    /// <summary>A peer that has connected and holds nothing yet.</summary>
    private (Host Peer, ConnectionId Connection) Neighbour()
    {
        var peer = _world.AddPeer();
        peer.Holds = false;
        return (peer, _world.Accept(peer));
    }

    private PeerMessage[] Asked(ConnectionId connection) =>
        [.. Sent(PeerMessageKind.HaveRequest).Where(sent => sent.Connection == connection).Select(sent => sent.Message)];

    private (uint Request, HaveKind Holding) Told(int have)
    {
        var message = Sent(PeerMessageKind.Have)[have].Message;
        return (message.Request, message.Holding);
    }

    private (ConnectionId Connection, PeerMessage Message)[] Sent(PeerMessageKind kind) =>
        [.. _world.Wire.Sent.Where(sent => sent.Message.Kind == kind)];
}
