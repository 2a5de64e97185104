using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Simulation.Caching;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Tracks;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// A listener's machine: cache and line stay, the program with the real core runs while it is online. All commands are
/// given between events: by <c>World.At</c>, in <c>World.PlayFinished</c>, or while the world stands.
/// </summary>
public sealed class SimClient : SimHost
{
    private static readonly ClientCore Nobody = new(new ClientCoreOptions(), new SlotContent());

    internal SimClient(Population population, ClientSpec spec)
        : base(population.Network, spec.Region, spec.DownBytesPerSecond, spec.UpBytesPerSecond)
    {
        (Population, Spec) = (population, spec);
        Lan = spec.Lan;
        Site = spec.Site ?? "region" + spec.Region;
        Cache = new FileCache(population.Tracks, spec.CacheBytes);
        Plays = new SimPlays(this);
        Player = new VirtualPlayer(this);
        Inbox = new ClientInbox(this);
        Reports = new PlayerReports(this);
        PeerNetwork = new SimPeerNetwork(this);
        Access = new SimAccessPointClient(this);
        Store = new SimChunkStore(this);
        Keepings = new SimKeepings(this);
        Runtime = Idle();
        SessionOptions = new PeerSessionOptions { ListenPort = 4000, Serves = !spec.IsPhone };
    }

    /// <summary>What it is like.</summary>
    public ClientSpec Spec { get; }

    /// <summary>The overlay it belongs to.</summary>
    public string Site { get; }

    /// <summary>True while its program runs.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>The track that plays or is about to; -1 for none.</summary>
    public int PlayingTrack => Playback.Current is { } play ? TrackLibrary.IndexOf(play.Sound) : -1;

    /// <summary>What has sounded so far of what plays, or of the latest click while that is being opened.</summary>
    public TimeSpan Listened => IsOpening ? TimeSpan.Zero : Player.Listened;

    /// <summary>What plays, as its core has it.</summary>
    public PlaybackController Playback => Runtime.Playback;

    /// <summary>How its core stands.</summary>
    public ClientCoreStatus Status => Runtime.Status;

    /// <summary>Payload that it gave to peers.</summary>
    public long UploadedBytes { get; internal set; }

    /// <summary>Of these, what counts against the cap.</summary>
    public long PacedBytes { get; internal set; }

    /// <summary>Bytes in its cache.</summary>
    public long CachedBytes => Cache.HeldBytes;

    internal Population Population { get; }

    internal FileCache Cache { get; }

    internal SimPlays Plays { get; }

    internal VirtualPlayer Player { get; }

    internal ClientInbox Inbox { get; }

    internal PlayerReports Reports { get; }

    internal SimPeerNetwork PeerNetwork { get; }

    internal SimAccessPointClient Access { get; }

    internal SimChunkStore Store { get; }

    internal SimKeepings Keepings { get; }

    /// <summary>Runs its core; one that takes nothing while it is offline.</summary>
    internal ClientRuntime Runtime { get; private set; }

    internal int FeedWindow { get; private set; }

    /// <summary>False when its output takes samples as fast as they come.</summary>
    internal bool IsPaced { get; private set; } = true;

    internal override PeerSessionOptions SessionOptions { get; }

    internal override bool IsHonest => Spec.Lies == LieKind.None;

    internal override bool IsReachable => Spec.IsReachable && !Spec.IsPhone;

    internal override bool IsListening => IsOnline;

    internal override int MostConnections => Spec.MostConnections + 4;

    /// <summary>True when the cache holds the whole of a track's file.</summary>
    public bool Holds(int track) => Cache.HoldsWhole(track);

    /// <summary>Starts the program: it logs in, learns the nodes, and tells the tracker what it holds.</summary>
    public void ComeOnline()
    {
        if (IsOnline)
            return;

        IsOnline = true;
        Access.Session++;
        var options = Spec.Core?.Invoke() ?? new ClientCoreOptions();
        options.Self = PeerId;
        options.Seed = (Network.Options.Seed * 0x9E3779B97F4A7C15) + (ulong)((Number * 1_000_003L) + Access.Session);
        options.Neighbours.Enabled &= !Spec.IsPhone;
        options.Uploads.Enabled &= !Spec.IsPhone;
        (FeedWindow, IsPaced) = (options.FeedWindow, options.IsPaced);
        Runtime = new ClientRuntime(new ClientCore(options, Population.Slot), Population.Actions, () => Time.Now);
        Runtime.Start(new ClientPorts(Store, Access, PeerNetwork, Player, new SimWakeTimer(this, Runtime)));
        Population.Watch.Started(this, options);
        Population.AccessPoint.LogIn(Access);
    }

    /// <summary>Ends the program in good order.</summary>
    public void GoOffline() => End(silent: false, wasMissed: true);

    /// <summary>The program is killed: the system closes its connections.</summary>
    public void Kill() => End(silent: false, wasMissed: false);

    /// <summary>The machine loses its power: nobody is told.</summary>
    public void Crash() => End(silent: true, wasMissed: false);

    /// <summary>
    /// Plays tracks in place of the queue; what plays goes on until the first of them is open. The play that it is, or
    /// becomes.
    /// </summary>
    public PlayId Play(params int[] tracks)
    {
        Listen(new TracksChosen(IdsOf(tracks), Network.Options.Seed + (ulong)Time.Now.Ticks, Time.Now));
        return Playback.LatestClick;
    }

    /// <summary>Puts a track at the end of the queue; plays it when nothing plays.</summary>
    public void Enqueue(int track) => Listen(new TracksAppended(IdsOf(track), Time.Now));

    /// <summary>Puts a track where it plays next; plays it when nothing plays.</summary>
    public void PlayNext(int track) => Listen(new TracksInserted(IdsOf(track), Time.Now));

    /// <summary>Puts a track, or none, in place of the queue behind what plays; nothing when nothing does.</summary>
    public void SetNext(int? track)
    {
        if (Playback.Current is null)
            return;

        Listen(new QueueCleared());
        if (track is { } following)
            Enqueue(following);
    }

    /// <summary>Goes to the next track; stops when there is none.</summary>
    public void Skip() => Listen(new SkipRequested(Time.Now));

    /// <summary>Goes to the track before, or to the start of this one once 3 s of it were heard.</summary>
    public void GoBack() => Listen(new BackRequested(Time.Now));

    /// <summary>Goes to a place of the queue, counted from 0; nothing when there is none such.</summary>
    public void JumpTo(int place)
    {
        if (place < Playback.Queue.Entries.Count)
            Listen(new EntryChosen(Playback.Queue.Entries[place].Id, Time.Now));
    }

    /// <summary>Takes out what is at a place of the queue, counted from 0; nothing when there is none such.</summary>
    public void RemoveAt(int place)
    {
        if (place < Playback.Queue.Entries.Count)
            Listen(new EntriesRemoved([Playback.Queue.Entries[place].Id], Time.Now));
    }

    /// <summary>Says what happens at the end of a track and of the queue.</summary>
    public void Repeat(RepeatMode repeat) => Listen(new RepeatChosen(repeat));

    /// <summary>Brings what has not played into an order drawn from a seed, or into its own again.</summary>
    public void Shuffle(bool isShuffled, ulong seed) => Listen(new ShuffleChosen(isShuffled, seed));

    /// <summary>Goes to a place in the track that plays.</summary>
    public void Seek(TimeSpan to)
    {
        if (Playback.Current is { } play)
            Listen(new SeekRequested(play.Id, (long)(to.TotalSeconds * 48_000)));
    }

    /// <summary>Stops the sound where it is.</summary>
    public void Pause() => Listen(new PauseRequested());

    /// <summary>Lets the sound go on.</summary>
    public void Resume() => Listen(new ResumeRequested());

    /// <summary>Ends what plays and empties the queue.</summary>
    public void Stop() => Listen(new PlaybackStopped());

    /// <summary>Keeps tracks offline, in this order and in place of those named before, as far as it does not yet.</summary>
    public void KeepOffline(params int[] tracks) => Raise(new OfflineWanted(IdsOf(tracks)));

    /// <summary>What plays proves to be damaged here: the player can't go on with it.</summary>
    public void DamageSound() => Player.Break();

    /// <summary>Hands an event to its core, if its program runs.</summary>
    internal void Raise<TEvent>(in TEvent occurred)
        where TEvent : struct, IClientEvent
    {
        if (Runtime.IsRunning)
            Population.CoreEvents++;

        Runtime.Raise(occurred);
    }

    /// <summary>Adds what its core wants done to the trace.</summary>
    internal void Note(ActionTrace action, ConnectionId connection = default, uint chunk = 0) =>
        Time.Note(Number, (int)action, ((long)connection.Value << 32) | chunk);

    internal override void Opened(ConnectionEnd end) => Raise(new ConnectionOpened(
        end.Id,
        new RemoteSide(end.Peer.Host.PeerId, end.Session.RemoteRole, (uint)end.Session.RemoteRequestLimit)
        {
            Seen = end.Id.IsIncoming ? new PeerAddress(end.Peer.Host.Address) : null, Version = end.Session.Version,
        }));

    internal override void Received(ConnectionEnd end, in Parcel parcel)
    {
        ref readonly var message = ref parcel.Message;
        SimPeerNetwork.TrafficOf(end).Received(message, Time.Now);
        if (!IsHonest && Liar.Answers(this, end, message))
            return;

        if (message.Kind == PeerMessageKind.ChunkData)
        {
            ReceiveChunk(end, message, parcel.IsWrong);
            return;
        }

        if (message is { Kind: PeerMessageKind.Have, Holding: HaveKind.Whole } && Plays.Current is { } play
            && Population.Tracks.IndexOf(message.File) == play.Track)
            play.OverlayFound = true;

        if (message.Kind == PeerMessageKind.SearchHit)
            Raise(new HitReceived(end.Id, message.Query, parcel.Payload as NodeAddress[] ?? []));
        else if (parcel.Payload is ulong[] present)
            PartReceived(end, message, present);
        else
            Raise(new MessageReceived(end.Id, message));

        if (message.Kind == PeerMessageKind.Cancel)
            PeerNetwork.CutShort(end, message.Request);
    }

    internal override void Ended(ConnectionEnd end, bool wasOpen, bool misbehaved) =>
        PeerNetwork.Ended(end, wasOpen, misbehaved);

    internal override ConnectionId NextIncoming() => PeerNetwork.NextIncoming();

    internal override void Connected(ConnectionEnd end) => PeerNetwork.Connected(end);

    internal override void Accepted(ConnectionEnd end) => PeerNetwork.Accepted(end);

    internal override void Separated()
    {
        if (IsOnline)
            Population.AccessPoint.CutOff(Access);
    }

    internal override void ConnectFailed(ConnectionId connection) => PeerNetwork.ConnectFailed(connection);

    internal override void LaneFree(ConnectionEnd end, in PeerMessage sent) => PeerNetwork.LaneFree(end, sent);

    // True while the latest click is neither what plays nor given up.
    private bool IsOpening =>
        Playback.LatestClick != Playback.Current?.Id && Playback.IsWanted(Playback.LatestClick);

    private static TrackId[] IdsOf(params ReadOnlySpan<int> tracks)
    {
        var ids = new TrackId[tracks.Length];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = TrackLibrary.TrackIdOf(tracks[i]);

        return ids;
    }

    /// <summary>The listener does something.</summary>
    private void Listen<TEvent>(in TEvent act)
        where TEvent : struct, IClientEvent
    {
        Raise(act);
        Population.Watch.MayWait(this);
    }

    // A core that nobody hands anything: nothing of an earlier one is kept.
    private ClientRuntime Idle() => new(Nobody, Population.Actions, () => Time.Now);

    private void PartReceived(ConnectionEnd end, in PeerMessage part, ulong[] present)
    {
        SimPeerNetwork.TrafficOf(end).Offered(part.File, part.Chunk, present, Time.Now);
        Raise(new PartReceived(end.Id, part.File, part.Chunk, present));
    }

    private void ReceiveChunk(ConnectionEnd end, in PeerMessage chunk, bool isWrong)
    {
        var origin = end.Peer.Host.IsNode ? chunk.Tier : Tier.Peers;
        Population.Slot.Fill(chunk.ChunkId, (int)chunk.Length, origin, isWrong);
        Raise(new ChunkReceived(end.Id, chunk, SlotContent.Number));
        if (Population.Slot.IsStored)
            Network.Counters.CountUseful(origin, (int)chunk.Length);
        else if (Plays.FindTrack(Population.Tracks.IndexOf(chunk.File)) is { } play)
            play.Bytes.CountWasted((int)chunk.Length, isWrong);
    }

    private void End(bool silent, bool wasMissed)
    {
        if (!IsOnline)
            return;

        if (wasMissed)
            Stop();

        IsOnline = false;
        Access.Session++;
        PeerNetwork.EndAll(silent);
        Player.Reset();
        Plays.Forget();
        Keepings.Clear();
        Runtime.Stop();
        Runtime = Idle();
        Inbox.Clear();
        Reports.Clear();
        Population.AccessPoint.Leave(this, wasMissed);
    }
}
