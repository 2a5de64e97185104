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
using SpotifyCore.Simulation.Checks;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;
using SpotifyCore.Simulation.Tracks;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// A listener's machine: cache and line stay, the program with the real core runs while it is online. All commands are
/// given between events: by <see cref="World.At"/>, in <see cref="World.PlayFinished"/>, or while the world stands.
/// </summary>
public sealed class SimClient : SimHost
{
    private static readonly ClientCore Nobody = new(new ClientCoreOptions(), new SlotContent());

    internal SimClient(World world, ClientSpec spec)
        : base(world, spec.Region, spec.DownBytesPerSecond, spec.UpBytesPerSecond)
    {
        Spec = spec;
        Lan = spec.Lan;
        Site = spec.Site ?? "region" + spec.Region;
        Cache = new FileCache(world.Tracks, spec.CacheBytes);
        Plays = new SimPlays(this);
        Player = new VirtualPlayer(this);
        Inbox = new ClientInbox(this);
        PeerNetwork = new SimPeerNetwork(this);
        Liveness = new LivenessCheck(this);
        Access = new SimAccessPointClient(this);
        Store = new SimChunkStore(this);
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
    public int PlayingTrack => Playback.Current is { } play ? TrackLibrary.IndexOf(play.Entry.Track) : -1;

    /// <summary>What has sounded so far of what plays, or of the latest click while that is being opened.</summary>
    public TimeSpan Listened => IsOpening ? TimeSpan.Zero : Player.Listened;

    /// <summary>What plays, as its core has it.</summary>
    public PlaybackController Playback => Runtime.Playback;

    /// <summary>How its core stands.</summary>
    public ClientCoreStatus Status => Runtime.Status;

    /// <summary>Payload that it gave to peers.</summary>
    public long UploadedBytes { get; internal set; }

    /// <summary>Bytes in its cache.</summary>
    public long CachedBytes => Cache.HeldBytes;

    internal FileCache Cache { get; }

    internal SimPlays Plays { get; }

    internal VirtualPlayer Player { get; }

    internal ClientInbox Inbox { get; }

    internal SimPeerNetwork PeerNetwork { get; }

    internal SimAccessPointClient Access { get; }

    internal SimChunkStore Store { get; }

    /// <summary>Runs its core; one that takes nothing while it is offline.</summary>
    internal ClientRuntime Runtime { get; private set; }

    /// <summary>Counts the times that it came online: what was asked for in an earlier one is of no interest.</summary>
    internal int Session { get; private set; }

    internal int FeedWindow { get; private set; }

    /// <summary>False when its output takes samples as fast as they come.</summary>
    internal bool IsPaced { get; private set; } = true;

    /// <summary>Whether it is left waiting for what others hold.</summary>
    internal LivenessCheck Liveness { get; }

    /// <summary>What must hold of it; null while it is offline.</summary>
    internal ClientChecks? Checks { get; private set; }

    internal override PeerSessionOptions SessionOptions { get; }

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

        (IsOnline, Session) = (true, Session + 1);
        var options = Spec.Core?.Invoke() ?? new ClientCoreOptions();
        options.Self = PeerId;
        options.Seed = (World.Options.Seed * 0x9E3779B97F4A7C15) + (ulong)((Number * 1_000_003L) + Session);
        options.Neighbours.Enabled &= !Spec.IsPhone;
        options.Uploads.Enabled &= !Spec.IsPhone;
        (FeedWindow, IsPaced) = (options.FeedWindow, options.IsPaced);
        Checks = new ClientChecks(this, options);
        Runtime = new ClientRuntime(new ClientCore(options, World.Slot), World.Actions, () => World.Now);
        Runtime.Start(new ClientPorts(Store, Access, PeerNetwork, Player, new SimWakeTimer(this, Runtime)));
        World.AccessPoint.LogIn(this);
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
        Listen(new TracksChosen(IdsOf(tracks), World.Options.Seed + (ulong)World.Now.Ticks, World.Now));
        return Playback.LatestClick;
    }

    /// <summary>Puts a track at the end of the queue; plays it when nothing plays.</summary>
    public void Enqueue(int track) => Listen(new TracksAppended(IdsOf(track), World.Now));

    /// <summary>Puts a track where it plays next; plays it when nothing plays.</summary>
    public void PlayNext(int track) => Listen(new TracksInserted(IdsOf(track), World.Now));

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
    public void Skip() => Listen(new SkipRequested(World.Now));

    /// <summary>Goes to the track before, or to the start of this one once 3 s of it were heard.</summary>
    public void GoBack() => Listen(new BackRequested(World.Now));

    /// <summary>Goes to a place of the queue, counted from 0; nothing when there is none such.</summary>
    public void JumpTo(int place)
    {
        if (place < Playback.Queue.Entries.Count)
            Listen(new EntryChosen(Playback.Queue.Entries[place].Id, World.Now));
    }

    /// <summary>Takes out what is at a place of the queue, counted from 0; nothing when there is none such.</summary>
    public void RemoveAt(int place)
    {
        if (place < Playback.Queue.Entries.Count)
            Listen(new EntriesRemoved([Playback.Queue.Entries[place].Id], World.Now));
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

    /// <summary>What plays proves to be damaged here: the player can't go on with it.</summary>
    public void DamageSound() => Player.Break();

    /// <summary>Hands an event to its core, if its program runs.</summary>
    internal void Raise<TEvent>(in TEvent occurred)
        where TEvent : struct, IClientEvent
    {
        if (Runtime.IsRunning)
            World.CoreEvents++;

        Runtime.Raise(occurred);
    }

    /// <summary>Its player moved on.</summary>
    internal void Advanced(SimPlay play) => Raise(new PlaybackAdvanced(play.Id, play.Next, play.Sample));

    /// <summary>A play begins to sound: it must be the one that its core says is current.</summary>
    internal void Sounds(SimPlay play)
    {
        Raise(new PlaySounding(play.Id, play.SoundedAt!.Value));
        if (IsOnline && Playback.Current?.Id != play.Id)
            World.Checks.Broken(Number, $"play {play.Id} sounds while {Playback.Current?.Id} is current");
    }

    /// <summary>Adds what its core wants done to the trace.</summary>
    internal void Note(ActionTrace action, ConnectionId connection = default, uint chunk = 0) =>
        World.Note(Number, (int)action, ((long)connection.Value << 32) | chunk);

    internal override void Opened(ConnectionEnd end) => Raise(new ConnectionOpened(
        end.Id,
        new RemoteSide(end.Peer.Host.PeerId, end.Session.RemoteRole, (uint)end.Session.RemoteRequestLimit)
        {
            Seen = end.Id.IsIncoming ? new PeerAddress(end.Peer.Host.Address) : null, Version = end.Session.Version,
        }));

    internal override void Received(ConnectionEnd end, in Parcel parcel)
    {
        ref readonly var message = ref parcel.Message;
        SimPeerNetwork.TrafficOf(end).Received(message, World.Now);
        if (Spec.Lies != LieKind.None && Liar.Answers(this, end, message))
            return;

        if (message.Kind == PeerMessageKind.ChunkData)
        {
            ReceiveChunk(end, message, parcel.IsWrong);
            return;
        }

        if (message is { Kind: PeerMessageKind.Have, Holding: HaveKind.Whole } && Plays.Current is { } play
            && World.Tracks.IndexOf(message.File) == play.Track)
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
            World.AccessPoint.CutOff(this);
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
        World.Checks.NoteWaiting(this);
    }

    // A core that nobody hands anything: nothing of an earlier one is kept.
    private ClientRuntime Idle() => new(Nobody, World.Actions, () => World.Now);

    private void PartReceived(ConnectionEnd end, in PeerMessage part, ulong[] present)
    {
        SimPeerNetwork.TrafficOf(end).Offered(part.File, part.Chunk, present);
        Raise(new PartReceived(end.Id, part.File, part.Chunk, present));
    }

    private void ReceiveChunk(ConnectionEnd end, in PeerMessage chunk, bool isWrong)
    {
        var origin = end.Peer.Host is SimNode ? chunk.Tier : Tier.Peers;
        World.Slot.Fill(chunk.ChunkId, (int)chunk.Length, origin, isWrong);
        Raise(new ChunkReceived(end.Id, chunk, SlotContent.Number));
        if (World.Slot.IsStored)
            World.Network.CountUseful(origin, (int)chunk.Length);
        else if (Plays.FindTrack(World.Tracks.IndexOf(chunk.File)) is { } play)
            play.Bytes.CountWasted((int)chunk.Length, isWrong);
    }

    private void End(bool silent, bool wasMissed)
    {
        if (!IsOnline)
            return;

        if (wasMissed)
            Stop();

        IsOnline = false;
        Session++;
        Checks = null;
        PeerNetwork.EndAll(silent);
        Player.Reset();
        Plays.Forget();
        Runtime.Stop();
        Runtime = Idle();
        Inbox.Clear();
        World.AccessPoint.Leave(this, wasMissed);
    }
}
