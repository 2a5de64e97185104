using SpotifyCore.Client.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Harness.Caching;
using SpotifyCore.Harness.Checks;
using SpotifyCore.Harness.Network;
using SpotifyCore.Harness.Running;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Harness.Clients;

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
        Listener = new ListenerDesk(this);
        Player = new VirtualPlayer(this);
        Inbox = new ClientInbox(this);
        Wires = new ClientWires(this);
        Access = new AccessDesk(this);
        Driver = Idle();
        SessionOptions = new PeerSessionOptions { ListenPort = 4000, Serves = !spec.IsPhone };
    }

    /// <summary>What it is like.</summary>
    public ClientSpec Spec { get; }

    /// <summary>The overlay it belongs to.</summary>
    public string Site { get; }

    /// <summary>True while its program runs.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>The track that plays or is about to; -1 for none.</summary>
    public int PlayingTrack => Listener.Current?.Track ?? -1;

    /// <summary>What of the current play has sounded so far.</summary>
    public TimeSpan Listened => Player.Listened;

    /// <summary>Tracks that wait behind it.</summary>
    public int Queued => Listener.Waiting;

    /// <summary>How its core stands.</summary>
    public ClientCoreStatus Status => Driver.Status;

    /// <summary>Payload that it gave to peers.</summary>
    public long UploadedBytes { get; internal set; }

    /// <summary>Bytes in its cache.</summary>
    public long CachedBytes => Cache.HeldBytes;

    internal FileCache Cache { get; }

    internal ListenerDesk Listener { get; }

    internal VirtualPlayer Player { get; }

    internal ClientInbox Inbox { get; }

    internal ClientWires Wires { get; }

    internal AccessDesk Access { get; }

    internal CoreDriver Driver { get; private set; }

    /// <summary>Counts the times that it came online: what was asked for in an earlier one is of no interest.</summary>
    internal int Session { get; private set; }

    internal int FeedWindow { get; private set; }

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
        FeedWindow = options.FeedWindow;
        Checks = new ClientChecks(this, options);
        Driver = new CoreDriver(this, new ClientCore(options, World.Slot));
        Player.SetPaused(false);
        World.AccessPoint.LogIn(this);
    }

    /// <summary>Ends the program in good order.</summary>
    public void GoOffline() => End(silent: false, wasMissed: true);

    /// <summary>The program is killed: the system closes its connections.</summary>
    public void Kill() => End(silent: false, wasMissed: false);

    /// <summary>The machine loses its power: nobody is told.</summary>
    public void Crash() => End(silent: true, wasMissed: false);

    /// <summary>Plays a track in place of the queue.</summary>
    public PlayId Play(int track) => IsOnline ? Listener.Play(track) : PlayId.None;

    /// <summary>Puts a track at the end of the queue; plays it when nothing plays.</summary>
    public void Enqueue(int track)
    {
        if (IsOnline)
            Listener.Enqueue(track);
    }

    /// <summary>Puts a track, or none, in place of the queue behind what plays.</summary>
    public void SetNext(int? track)
    {
        if (IsOnline)
            Listener.SetNext(track);
    }

    /// <summary>Goes to the next track; stops when there is none.</summary>
    public void Skip()
    {
        if (IsOnline)
            Listener.Skip();
    }

    /// <summary>Goes to a place in the track that plays.</summary>
    public void Seek(TimeSpan to)
    {
        if (IsOnline)
            Listener.Seek(to);
    }

    /// <summary>Stops the sound where it is.</summary>
    public void Pause() => Listener.SetPaused(true);

    /// <summary>Lets the sound go on.</summary>
    public void Resume() => Listener.SetPaused(false);

    /// <summary>Ends what plays and empties the queue.</summary>
    public void Stop()
    {
        if (IsOnline)
            Listener.Stop();
    }

    internal override void Opened(ConnectionEnd end) => Driver.Raise(ClientEvent.ConnectionOpened(
        end.Id,
        end.Peer.Host.PeerId,
        end.Session.RemoteRole,
        (uint)end.Session.RemoteRequestLimit,
        end.Id.IsIncoming ? new PeerAddress(end.Peer.Host.Address) : null,
        end.Session.Version));

    internal override void Received(ConnectionEnd end, in Parcel parcel)
    {
        ref readonly var message = ref parcel.Message;
        if (Spec.Lies != LieKind.None && Liar.Answers(this, end, message))
            return;

        if (message.Kind == PeerMessageKind.ChunkData)
        {
            Driver.RaiseChunk(end.Id, message, parcel.IsWrong);
            return;
        }

        if (message is { Kind: PeerMessageKind.Have, Holding: HaveKind.Whole } && Listener.Current is { } play
            && World.Tracks.IndexOf(message.File) == play.Track)
            play.OverlayFound = true;

        Driver.Raise(parcel.Payload switch
        {
            NodeAddress[] addresses => ClientEvent.HitReceived(end.Id, message, addresses),
            ulong[] present => ClientEvent.PartReceived(end.Id, message, present),
            _ => ClientEvent.MessageReceived(end.Id, message),
        });
        if (message.Kind == PeerMessageKind.Cancel)
            Wires.CutShort(end, message.Request);
    }

    internal override void Ended(ConnectionEnd end, bool wasOpen, bool misbehaved) =>
        Wires.Ended(end, wasOpen, misbehaved);

    internal override ConnectionId NextIncoming() => Wires.NextIncoming();

    internal override void Connected(ConnectionEnd end) => Wires.Connected(end);

    internal override void Accepted(ConnectionEnd end) => Wires.Accepted(end);

    internal override void ConnectFailed(ConnectionId connection) => Wires.ConnectFailed(connection);

    internal override void LaneFree(ConnectionEnd end, in PeerMessage sent) => Wires.LaneFree(end, sent);

    // A core that nobody hands anything: nothing of an earlier one is kept.
    private CoreDriver Idle()
    {
        var driver = new CoreDriver(this, Nobody);
        driver.Stop();
        return driver;
    }

    private void End(bool silent, bool wasMissed)
    {
        if (!IsOnline)
            return;

        if (wasMissed)
            Listener.Stop();

        IsOnline = false;
        Session++;
        Checks = null;
        Wires.EndAll(silent);
        Listener.Forget();
        Driver.Stop();
        Driver = Idle();
        Inbox.Clear();
        World.AccessPoint.Leave(this, wasMissed);
    }
}
