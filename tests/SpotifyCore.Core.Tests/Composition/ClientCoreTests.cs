using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests.Composition;

/// <summary>What the core does about single messages of peers, where several of its parts decide together.</summary>
public sealed class ClientCoreTests : IChunkVerifier
{
    private static readonly PlayId Play = new(1);
    private static readonly Manifest Manifest = TestTrack.Create(1, seconds: 60).Manifest;

    private readonly ClientCoreOptions _options = new();
    private readonly ClientCore _core;
    private readonly ActionBuffer _actions = new(64);
    private readonly List<IClientAction> _done = [];
    private Instant _now = new(TimeSpan.TicksPerDay);
    private Instant _wakeAt = Instant.Never;

    public ClientCoreTests()
    {
        _options.Uploads.MaxBytesPerSecond = int.MaxValue;
        _core = new ClientCore(_options, this);
    }

    private static FileId File => Manifest.File;

    bool IChunkVerifier.Matches(int slot, Manifest manifest, uint index, int length) => true;

    [Fact]
    public void PeersFound_ForAFileNobodyFetches_ConnectsToNobody()
    {
        Handle(new PeersFound(File, [Peer(1)]));
        Assert.Empty(Done<Connect>());

        BeginToPlay();
        Handle(new PeersFound(File, [Peer(1)]));
        Assert.Single(Done<Connect>());
    }

    [Fact]
    public void OfflineWanted_Several_TheNextIsOpenedWhileOneComes()
    {
        Handle(new OfflineWanted([new TrackId(1), new TrackId(2), new TrackId(3)]));

        Assert.Equal([new TrackId(1), new TrackId(2)], Done<OpenKept>().Select(static opened => opened.Track));
    }

    [Theory]
    [InlineData(PeerMessageKind.Busy)]
    [InlineData(PeerMessageKind.Error)]
    public void HaveRequest_Refused_AnotherHelpsAndItIsAskedAgainOnceNamed(PeerMessageKind refusal)
    {
        _options.Search.Enabled = false;
        _options.Neighbours.FirstPeersPerFile = _options.Neighbours.PeersPerFile = 1;
        var asked = Accept(1);
        BeginToPlay();
        var request = Assert.Single(Sent(PeerMessageKind.HaveRequest)).Request;
        Handle(new PeersFound(File, [Peer(2)]));
        Assert.Empty(Done<Connect>());

        Bring(asked, refusal == PeerMessageKind.Busy
            ? PeerMessage.Busy(request, 500) : PeerMessage.Error(request, ProtocolCode.Internal));
        var other = Assert.Single(Done<Connect>()).Connection;

        Handle(new ConnectionFailed(other));
        Handle(new PeersFound(File, [Peer(1)]));
        Assert.Equal(2, Sent(PeerMessageKind.HaveRequest).Length);
    }

    [Fact]
    public void PartReceived_PeerHoldsSome_IsAskedForThoseAlone()
    {
        var peer = Accept(1);
        BeginToPlay();
        Handle(new PartReceived(peer, File, First: 0, new[] { 0x0FF0ul }));
        Pass(TimeSpan.FromSeconds(1));

        var asked = Sent(PeerMessageKind.ChunkRequest)
            .SelectMany(message => Enumerable.Range((int)message.Chunk, (int)message.Count)).ToArray();
        Assert.NotEmpty(asked);
        Assert.All(asked, chunk => Assert.InRange(chunk, 4, 11));
    }

    [Fact]
    public void ChunkRequest_PeerForgotWhatItOffered_IsAskedWhatItHoldsAndGivesIt()
    {
        _options.Search.Enabled = false;
        var peer = Accept(1);
        BeginToPlay();
        Bring(peer, PeerMessage.Have(Sent(PeerMessageKind.HaveRequest)[0].Request, File, HaveKind.Whole));
        var requests = Sent(PeerMessageKind.ChunkRequest);
        Assert.NotEmpty(requests);
        foreach (var request in requests)
            Bring(peer, PeerMessage.Error(request.Request, ProtocolCode.NotOffered));

        var again = Sent(PeerMessageKind.HaveRequest)[1..];
        Assert.NotEmpty(again);
        Bring(peer, PeerMessage.Have(again[^1].Request, File, HaveKind.Whole));
        Pass(_options.Neighbours.BusyPause);

        Assert.True(Sent(PeerMessageKind.ChunkRequest).Length > requests.Length);
    }

    [Fact]
    public void CacheMissed_WhatItWasSaidToHold_IsFetched()
    {
        var peer = Accept(1);
        BeginToPlay(present: [0xFFul]);
        Handle(new PartReceived(peer, File, First: 0, new[] { 0xFFul }));
        Assert.Contains(Done<ReadChunk>(), read => read.Chunk == 3);
        Assert.Empty(Sent(PeerMessageKind.ChunkRequest));

        Handle(new CacheMissed(Play, 3));

        var request = Assert.Single(Sent(PeerMessageKind.ChunkRequest));
        Assert.Equal((3u, 1u), (request.Chunk, request.Count));
    }

    [Fact]
    public void HaveRequest_FileBeingFetched_IsOfferedAsFarAsItIsHereAndTheRestNowAndThen()
    {
        _options.IsPaced = false;
        var (giver, taker) = (Accept(1), Accept(2, connection: -2));
        BeginToPlay();
        AskHave(taker, 1);
        var offer = Assert.Single(Done<SendPart>());
        Assert.Equal((1u, Manifest.ChunkCount, 0ul), (offer.Request, offer.Chunks, offer.Present[0]));

        Give(giver, stores: true);

        Assert.InRange(Done<SendPart>().Length, 3, 12);
        AskChunk(taker, 2);
        Assert.Equal(new ChunkId(File, 0), Assert.Single(Done<SendChunk>()).Chunk);
        Assert.Equal(HaveKind.Whole, Sent(PeerMessageKind.Have)[^1].Holding);
        Assert.Single(Done<AnnounceHeld>());
    }

    [Fact]
    public void ChunkSent_CacheLacksWhatWasOffered_IsOfferedNoMoreAndFetchedAnew()
    {
        var (giver, taker) = (Accept(1), Accept(2, connection: -2));
        BeginToPlay(present: [1ul << 63]);
        Pass(_options.Uploads.OwnBufferIdle);
        AskHave(taker, 1);
        AskChunk(taker, 2, chunk: 63);
        Assert.Equal(1ul << 63, Assert.Single(Done<SendPart>()).Present[0]);

        Handle(new ChunkSent(taker, 2, Chunk: 63, Length: 0));

        Assert.Equal(63u, Assert.Single(Sent(PeerMessageKind.NotFound)).Chunk);
        AskHave(taker, 3);
        Assert.Equal(0ul, Done<SendPart>()[^1].Present[0]);
        Give(giver, stores: true);
        Assert.Contains(
            Sent(PeerMessageKind.ChunkRequest),
            static asked => asked.Chunk <= 63 && 63 < asked.Chunk + asked.Count);
    }

    [Fact]
    public void ChunkRequest_BehindTheFilesEnd_IsAnsweredAsLacked()
    {
        var taker = Accept(1);
        BeginToPlay(present: [0xFFul]);
        Pass(_options.Uploads.OwnBufferIdle);
        AskHave(taker, 1);
        AskChunk(taker, 2, chunk: Manifest.ChunkCount);

        Handle(new ChunkSent(taker, 2, Manifest.ChunkCount, Length: 0));

        Assert.Equal(2u, Assert.Single(Sent(PeerMessageKind.NotFound)).Request);
    }

    [Fact]
    public void HaveRequest_CacheTakesNothing_NothingIsOfferedOfWhatIsFetched()
    {
        var (giver, taker) = (Accept(1), Accept(2, connection: -2));
        BeginToPlay();
        Handle(new PartReceived(giver, File, First: 0, new[] { ulong.MaxValue, ulong.MaxValue }));
        var asked = Sent(PeerMessageKind.ChunkRequest)[0];
        var data = PeerMessage.ChunkData(asked.Request, asked.Chunk, Tier.Peers, Manifest.LengthOf(asked.Chunk));
        Handle(new ChunkReceived(giver, data, Slot: 1));
        Handle(new ChunkStored(Play, asked.Chunk, IsStored: false));

        Bring(taker, PeerMessage.RequestHave(1, File));

        Assert.Empty(Done<SendPart>());
        Assert.Equal(1u, Assert.Single(Done<QueryHeld>()).Request);
    }

    [Theory]
    [InlineData(LineKind.Unmetered, true)]
    [InlineData(LineKind.Metered, false)]
    public void FindPeers_NobodyHelps_IsAskedAgainWherePeersMayHelp(LineKind line, bool asks)
    {
        Handle(new LineChanged(line));
        BeginToPlay();
        var asked = Done<FindPeers>().Length;

        Pass(_options.Downloads.SearchInNeedAfter + TimeSpan.FromSeconds(1));

        Assert.Equal(asks, Done<FindPeers>().Length > asked);
    }

    [Fact]
    public void SeekRequested_WhatNobodyWaitsForAnyMore_IsGivenUp()
    {
        var giver = Accept(1);
        BeginToPlay();
        Handle(new PartReceived(giver, File, First: 0, new[] { ulong.MaxValue, ulong.MaxValue }));
        var asked = Sent(PeerMessageKind.ChunkRequest);
        Assert.NotEmpty(asked);

        Handle(new SeekRequested(Play, 50 * 48_000));

        var given = Sent(PeerMessageKind.Cancel).Select(static cancel => cancel.Request);
        Assert.Equal(asked.Select(static request => request.Request).Order(), given.Order());
        Assert.True(Sent(PeerMessageKind.ChunkRequest).Length > asked.Length);
    }

    [Fact]
    public void ChunkRequest_WhileItsOwnListenerWaits_IsHeldBackAsLongAsSomethingComes()
    {
        _options.Search.Enabled = false;
        var taker = Accept(1);
        BeginToPlay(present: [0x01ul]);
        AskHave(taker, 1);
        AskChunk(taker, 2);
        Assert.Single(Sent(PeerMessageKind.Busy));

        Pass(_options.Uploads.OwnBufferIdle - TimeSpan.FromMilliseconds(10));
        AskChunk(taker, 3);
        Assert.Equal(2, Sent(PeerMessageKind.Busy).Length);
        Assert.Empty(Done<SendChunk>());

        // Whoever asks may be the only one who has what is waited for, and wait for what is here.
        Pass(TimeSpan.FromMilliseconds(20));
        AskChunk(taker, 4);
        Assert.Equal(0u, Assert.Single(Done<SendChunk>()).Chunk.Index);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ChunkStored_AfterThePlay_WhoAskedMeanwhileIsToldUnlessTheCacheRefuses(bool isStored)
    {
        _options.IsPaced = false;
        var (giver, taker) = (Accept(1), Accept(2, connection: -2));
        BeginToPlay();
        Give(giver, stores: false);
        Handle(new PlaybackStopped());
        AskHave(taker, 1);
        Assert.Equal(1u, Assert.Single(Done<SendPart>()).Request);

        foreach (var store in Done<StoreChunk>())
            Handle(new ChunkStored(Play, store.Chunk, isStored));

        Assert.Equal(isStored ? [HaveKind.Whole] : [], Sent(PeerMessageKind.Have).Select(have => have.Holding));
        Assert.Equal(isStored ? 1 : 0, Done<AnnounceHeld>().Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ChunkSent_AfterThePlay_CacheThatLacksOneHasTheFileNotAnnouncedAsWhole(bool isLacked)
    {
        _options.IsPaced = false;
        var (giver, taker) = (Accept(1), Accept(2, connection: -2));
        BeginToPlay();
        Give(giver, stores: false);
        Handle(new PlaybackStopped());
        var stores = Done<StoreChunk>();
        foreach (var store in stores[..^1])
            Handle(new ChunkStored(Play, store.Chunk, IsStored: true));

        AskHave(taker, 1);
        AskChunk(taker, 2, stores[0].Chunk);
        Assert.Equal(stores[0].Chunk, Assert.Single(Done<SendChunk>()).Chunk.Index);
        Handle(new ChunkSent(taker, 2, stores[0].Chunk, Length: isLacked ? 0 : Manifest.LengthOf(stores[0].Chunk)));
        Handle(new ChunkStored(Play, stores[^1].Chunk, IsStored: true));

        Assert.Equal(isLacked ? 0 : 1, Done<AnnounceHeld>().Length);
        Assert.Equal(isLacked ? 0 : 1, Sent(PeerMessageKind.Have).Count(static have => have.Holding == HaveKind.Whole));
    }

    [Fact]
    public void GoAway_OfOneThatHoldsTheFile_OnlyOthersAreAsked()
    {
        var (leaving, other) = (Accept(1), Accept(2, connection: -2));
        BeginToPlay();
        Bring(leaving, PeerMessage.GoAway(ProtocolCode.GoingAway));
        foreach (var peer in new[] { leaving, other })
            Handle(new PartReceived(peer, File, First: 0, new[] { ulong.MaxValue, ulong.MaxValue }));

        var asked = Done<SendMessage>().Where(sent => sent.Message.Kind == PeerMessageKind.ChunkRequest).ToArray();
        Assert.NotEmpty(asked);
        Assert.All(asked, sent => Assert.Equal(other, sent.Connection));
    }

    [Fact]
    public void Search_ForAFileHeldHere_IsAnsweredAndItMayBeAskedForAtOnce()
    {
        var peer = Accept(1);
        Bring(peer, PeerMessage.Search(7, File, 1));
        var query = Assert.Single(Done<QueryHeld>());
        Handle(new HeldAnswered(peer, query.Request, query.File, IsHeld: true));
        Assert.Equal((peer, 7ul), (Done<SendMessage>()[0].Connection, Sent(PeerMessageKind.SearchHit)[0].Query));

        Bring(peer, PeerMessage.RequestChunks(1, File, 0, 1, RequestPriority.Playing, 0));
        Assert.Single(Done<SendChunk>());
    }

    [Fact]
    public void Search_Flood_EndsTheConnectionAndIsReported()
    {
        var flooder = Accept(1);
        for (ulong query = 1; query < 1_000 && Done<CloseConnection>().Length == 0; query++)
            Bring(flooder, PeerMessage.Search(query, File, 0));

        Assert.Equal(new CloseConnection(flooder, CloseReason.Flooded), Assert.Single(Done<CloseConnection>()));
        Assert.Equal(new ReportPeer(Peer(1).Id!.Value, CloseReason.Flooded), Assert.Single(Done<ReportPeer>()));
        Accept(1, connection: -2);
        Assert.Equal(CloseReason.Banned, Done<CloseConnection>()[^1].Reason);
    }

    [Fact]
    public void LineChanged_Metered_LeavesPeersAlone()
    {
        var peer = Accept(1);
        Handle(new LineChanged(LineKind.Metered));
        Assert.Equal(new CloseConnection(peer, CloseReason.NotNeeded), Assert.Single(Done<CloseConnection>()));

        BeginToPlay([Peer(1)]);
        Pass(TimeSpan.FromSeconds(6));
        Assert.Empty(Done<Connect>());
        Assert.False(_core.StatisticsOf(Play)!.Searched);

        Handle(new LineChanged(LineKind.Unmetered));
        Handle(new PeersFound(File, [Peer(1)]));
        Assert.Single(Done<Connect>());
    }

    [Fact]
    public void MonthCounted_BudgetUsedUp_NothingIsOffered()
    {
        _options.Uploads.MonthlyBytes = 1_000_000;
        var peer = Accept(1);
        Handle(new MonthCounted(1_000_000));
        AskHave(peer, 1);
        Assert.Equal(HaveKind.None, Assert.Single(Sent(PeerMessageKind.Have)).Holding);

        Handle(new MonthCounted(0));
        AskHave(peer, 2);
        Assert.Equal(HaveKind.Whole, Sent(PeerMessageKind.Have)[^1].Holding);
    }

    /// <summary>Nobody says that the chunk is held up: a little of it is taken all the time.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(8 * 3600)]
    public void ChunkOnItsWay_TakenTooSlowly_EndsTheConnectionButForTheTimeAsleep(int asleep)
    {
        var peer = Accept(1);
        AskHave(peer, 1);
        Bring(peer, PeerMessage.RequestChunks(2, File, 0, 2, RequestPriority.Playing, 0));
        Assert.Single(Done<SendChunk>());
        Pass(TimeSpan.FromSeconds(25));

        if (asleep > 0)
        {
            _now += TimeSpan.FromSeconds(asleep);
            Pass(TimeSpan.FromSeconds(29));
        }

        // Half a minute of its own is over only now.
        Assert.Empty(Done<CloseConnection>());
        Pass(TimeSpan.FromSeconds(asleep > 0 ? 2 : 6));
        Assert.Equal(new CloseConnection(peer, CloseReason.Stalled), Assert.Single(Done<CloseConnection>()));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(8 * 3600)]
    public void Sleep_ChunksInFlight_AreAskedAgainAtOnceAndCountAgainstNobody(int seconds)
    {
        var peer = Accept(1);
        BeginToPlay();
        Handle(new PartReceived(peer, File, First: 0, new[] { ulong.MaxValue, ulong.MaxValue }));
        var asked = Sent(PeerMessageKind.ChunkRequest);
        Assert.NotEmpty(asked);

        _now += TimeSpan.FromSeconds(seconds);
        Handle(new Woken());

        Assert.Equal(
            asked.Select(message => (message.Chunk, message.Count)),
            Sent(PeerMessageKind.ChunkRequest)[asked.Length..].Select(message => (message.Chunk, message.Count)));
        Assert.Empty(Done<CloseConnection>());
    }

    [Fact]
    public void Silence_OfTheOnlyHope_TakesNothingBackAndIsOverAfterSomeHalfAMinute()
    {
        _options.Search.Enabled = false;
        _options.Downloads.GiveUpAfter = TimeSpan.FromMinutes(2);
        var peer = Accept(1);
        BeginToPlay();
        Bring(peer, PeerMessage.Have(Sent(PeerMessageKind.HaveRequest)[0].Request, File, HaveKind.Whole));

        Pass(TimeSpan.FromSeconds(20));
        Assert.Empty(Done<CloseConnection>());
        Assert.Empty(Sent(PeerMessageKind.Cancel));

        Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(peer, Assert.Single(Done<CloseConnection>()).Connection);
    }

    private static NodeAddress Peer(int number) => new(new PeerId((UInt128)number), $"peer{number}", 4000);

    private void BeginToPlay(PeerAddress[]? peers = null, ulong[]? present = null)
    {
        Handle(new TracksChosen([Manifest.Track], 0, _now));
        Handle(new TrackOpened(Play, new OpenedTrack(Manifest, [], peers ?? [])));
        Handle(new PresenceKnown(Play, present));
    }

    private ConnectionId Accept(int number, int connection = -1)
    {
        var accepted = new ConnectionId(connection);
        Handle(new ConnectionOpened(accepted, new RemoteSide(Peer(number).Id, PeerRole.Peer, 64)));
        return accepted;
    }

    private void AskHave(ConnectionId peer, uint request)
    {
        Bring(peer, PeerMessage.RequestHave(request, File));
        foreach (var query in Done<QueryHeld>().Where(query => query.Request == request))
            Handle(new HeldAnswered(peer, request, query.File, IsHeld: true));
    }

    /// <summary>A peer holds the file, and sends all that it is asked for; the player uses it up at once.</summary>
    private void Give(ConnectionId peer, bool stores)
    {
        Handle(new PartReceived(peer, File, First: 0, new[] { ulong.MaxValue, ulong.MaxValue }));
        var (answered, fed) = (0, 0u);
        for (PeerMessage[] asked; (asked = Sent(PeerMessageKind.ChunkRequest)).Length > answered;)
        {
            var request = asked[answered++];
            for (var chunk = request.Chunk; chunk < request.Chunk + request.Count; chunk++)
            {
                var data = PeerMessage.ChunkData(request.Request, chunk, Tier.Peers, Manifest.LengthOf(chunk));
                Handle(new ChunkReceived(peer, data, Slot: 1));
                if (stores)
                    Handle(new ChunkStored(Play, chunk, IsStored: true));
            }

            while (Done<DeliverChunk>().Any(delivered => delivered.Chunk == fed))
                Handle(new PlaybackAdvanced(Play, ++fed, 0));
        }
    }

    private void AskChunk(ConnectionId peer, uint request, uint chunk = 0) =>
        Bring(peer, PeerMessage.RequestChunks(request, File, chunk, 1, RequestPriority.Playing, 0));

    private void Bring(ConnectionId from, in PeerMessage message) => Handle(new MessageReceived(from, message));

    /// <summary>Time passes, in which the core is woken when it wants.</summary>
    private void Pass(TimeSpan span)
    {
        for (var end = _now + span; _now < end;)
        {
            _now = Instant.Min(end, _wakeAt < _now ? _now : _wakeAt);
            if (_now == end && _wakeAt > end)
                return;

            _wakeAt = Instant.Never;
            Handle(new Woken());
        }
    }

    private void Handle<TEvent>(in TEvent occurred)
        where TEvent : struct, IClientEvent
    {
        _actions.Clear();
        _core.Handle(occurred, _now, _actions);
        _done.AddRange(_actions.ToArray());
        foreach (var wake in Done<WakeAt>()[^_actions.Of<WakeAt>().Length..])
            _wakeAt = wake.At;
    }

    private TAction[] Done<TAction>() => [.. _done.OfType<TAction>()];

    private PeerMessage[] Sent(PeerMessageKind kind) =>
        [.. Done<SendMessage>().Select(send => send.Message).Where(message => message.Kind == kind)];
}
