using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Opens, accepts, keeps and closes the client's connections, to peers and nodes alike. Everything on the loop, except
/// that connecting and accepting wait off it.
/// </summary>
internal sealed class PeerDesk : IChunkTaker, IDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ConnectionId, PeerChannel> _channels = [];
    private readonly Dictionary<ConnectionId, CancellationTokenSource> _connecting = [];

    // Accepted ones that have not said hello.
    private readonly PlaceTable<Subnet, PeerChannel> _strangers = new();
    private readonly PeerDeskOptions _options;
    private readonly ITransport _transport;
    private readonly TicketWallet _wallet;
    private readonly AccessGate _gate;
    private readonly WakeTimer _ticks;
    private ReadOnlyMemory<byte> _ticket;
    private int _accepted;
    private bool _isClosed;
    private Instant _tickAt = Instant.Never;

    /// <summary>A desk without connections.</summary>
    public PeerDesk(PeerDeskOptions options, ITransport transport, TicketWallet wallet, ShellGround ground)
    {
        _options = options;
        _transport = transport;
        _wallet = wallet;
        _gate = new AccessGate(wallet.Verifier);
        Ground = ground;
        var takeTicket = new PostedAction(TakeTicket);
        wallet.Changed = () => ground.Loop.Post(takeTicket);
        Pacer = new UploadPacer(ground, () => Driver.Status.Uploads.PaceBytesPerSecond);
        Probe = new LineProbe(this);
        _ticks = new WakeTimer(ground.Loop, new PostedAction(Tick), ground.Time);
    }

    /// <summary>Loop, memory and clock.</summary>
    public ShellGround Ground { get; }

    /// <summary>Hands events over; set once.</summary>
    public CoreDriver Driver { get; set; } = null!;

    /// <summary>Reads what peers ask for; set once.</summary>
    public CacheDesk Cache { private get; set; } = null!;

    /// <summary>Called when a chunk is to go up.</summary>
    public Action? Uploading { private get; set; }

    /// <summary>The ticket to show.</summary>
    public ReadOnlyMemory<byte> Ticket => _ticket;

    /// <summary>Bytes of a chunk that go into one frame.</summary>
    public int ChunkFrameBytes => _options.ChunkFrameBytes;

    /// <summary>Lets chunks leave at a pace.</summary>
    public UploadPacer Pacer { get; }

    /// <summary>Measures the line.</summary>
    public LineProbe Probe { get; }

    /// <summary>Open connections.</summary>
    public int Count => _channels.Count;

    /// <summary>The open connections.</summary>
    public Dictionary<ConnectionId, PeerChannel>.ValueCollection Channels => _channels.Values;

    /// <summary>Does what the core wants of connections.</summary>
    public void Carry(in ClientAction action)
    {
        switch (action.Kind)
        {
            case ClientActionKind.Connect:
                Connect(action.Connection, action.Address);
                break;
            case ClientActionKind.Close:
                Close(action.Connection, action.Reason);
                break;
            case ClientActionKind.Send:
                if (_channels.TryGetValue(action.Connection, out var channel))
                    channel.Send(action);
                break;
            case ClientActionKind.SendChunk:
                Probe.Start();
                Uploading?.Invoke();
                Cache.ReadFor(action.Connection, action.Request, new ChunkId(action.File, action.Chunk), this);
                break;
        }
    }

    /// <summary>Takes a connection that a far side opened.</summary>
    public void Accept(IConnection connection)
    {
        if (_isClosed || !TryMakeRoom(Subnet.Of(connection.RemoteEndPoint)))
            Drop(connection);
        else
            Add(new ConnectionId(--_accepted), connection, initiator: false);
    }

    /// <summary>Closes everything, after what was sent before; nothing is opened any more.</summary>
    public void CloseAll()
    {
        _isClosed = true;
        foreach (var connecting in _connecting.Values)
            connecting.Cancel();

        foreach (var channel in _channels.Values.ToArray())
        {
            channel.Drain();
            channel.Close();
        }
    }

    /// <summary>Ends the timers; from any thread.</summary>
    public void Dispose()
    {
        _ticks.Dispose();
        Pacer.Dispose();
        Probe.Dispose();
    }

    /// <inheritdoc/>
    public void Take(ConnectionId connection, uint request, ChunkId chunk, int slot, int length)
    {
        if (length > 0 && _channels.TryGetValue(connection, out var channel) && !channel.IsClosing)
        {
            channel.Send(new OutgoingChunk(request, chunk.Index, slot, length));
            return;
        }

        Ground.Slots.Release(slot);
        Driver.Raise(ClientEvent.ChunkSent(connection, request, chunk.Index, 0));
    }

    /// <summary>A chunk has gone out, or was not wanted any more.</summary>
    internal void Sent(ConnectionId connection, in OutgoingChunk chunk, bool sent)
    {
        Driver.Raise(ClientEvent.ChunkSent(connection, chunk.Request, chunk.Index, sent ? chunk.Length : 0));
    }

    /// <summary>Judges a far side's ticket.</summary>
    internal Protocol.Trust.Access Check(ReadOnlySpan<byte> ticket, PeerId? proven, out Instant expires)
    {
        var now = Ground.Time.GetUtcNow();
        var access = _gate.Check(ticket, proven, now);
        expires = access.Expires == DateTimeOffset.MaxValue ? Instant.Never : Driver.Now + (access.Expires - now);
        return access;
    }

    /// <summary>A channel's hello is done.</summary>
    internal void Opened(PeerChannel channel, PeerId? remote, PeerSession session)
    {
        _strangers.Remove(channel);
        var opened = ClientEvent.ConnectionOpened(
            channel.Id,
            remote,
            session.RemoteRole,
            (uint)session.RemoteRequestLimit,
            channel.SeenAt,
            session.Version);
        Driver.Raise(opened with { Account = channel.Account });
    }

    /// <summary>A channel has ended by itself or through the far side.</summary>
    internal void Ended(PeerChannel channel, bool wasOpen, string reason, bool misbehaved)
    {
        ClientLog.Closed(Ground.Logger, channel.Id.Value, reason);
        if (wasOpen)
            Ground.Loop.Post(new RaisedEvent(Driver, ClientEvent.ConnectionClosed(channel.Id, misbehaved)));
        else if (!channel.Id.IsIncoming)
            Ground.Loop.Post(new RaisedEvent(Driver, ClientEvent.ConnectionFailed(channel.Id)));
    }

    /// <summary>Has every channel woken in a second: one of them waits for time to pass.</summary>
    internal void TickSoon() => TickBy(Ground.Time.GetInstant() + TickInterval);

    /// <summary>A channel is gone.</summary>
    internal void Forget(PeerChannel channel)
    {
        _channels.Remove(channel.Id);
        _strangers.Remove(channel);
    }

    private void Connect(ConnectionId id, NodeAddress address)
    {
        if (_isClosed)
            return;

        var connecting = new CancellationTokenSource();
        _connecting.Add(id, connecting);
        Ground.Background.Run(() => ConnectAsync(id, address, connecting.Token));
    }

    private async Task ConnectAsync(ConnectionId id, NodeAddress address, CancellationToken cancellation)
    {
        IConnection? connection = null;
        try
        {
            connection = await _transport.ConnectAsync(address, cancellation);
        }
        catch (Exception failure)
        {
            ClientLog.ConnectFailed(Ground.Logger, id.Value, address, failure.Message);
        }

        Ground.Loop.Post(new PostedAction(() => Connected(id, connection)));
    }

    private void Connected(ConnectionId id, IConnection? connection)
    {
        // Closed by the core meanwhile: it hears nothing more of it.
        if (!_connecting.Remove(id, out var connecting) || _isClosed)
        {
            if (connection is not null)
                Drop(connection);

            return;
        }

        connecting.Dispose();
        if (connection is null)
            Driver.Raise(ClientEvent.ConnectionFailed(id));
        else
            Add(id, connection, initiator: true);
    }

    private void Add(ConnectionId id, IConnection connection, bool initiator)
    {
        var channel = new PeerChannel(id, connection, new PeerSession(_options.Session, initiator), this);
        _channels.Add(id, channel);
        if (!initiator)
            _strangers.Add(channel.Subnet, channel);

        channel.Start();
        TickSoon();
    }

    private void Close(ConnectionId id, CloseReason reason)
    {
        if (_connecting.Remove(id, out var connecting))
            connecting.Cancel();
        else if (_channels.TryGetValue(id, out var channel))
            channel.Close();

        ClientLog.Closed(Ground.Logger, id.Value, reason.ToString());
    }

    /// <summary>
    /// Room for one more from a subnet; false when it has too many already that have not said hello, or nobody has more
    /// of them. So silence keeps nobody out.
    /// </summary>
    private bool TryMakeRoom(Subnet subnet)
    {
        if (_strangers.CountOf(subnet) >= PeerDeskOptions.SilentPerAddress)
            return false;

        while (_channels.Count >= _options.MaxConnections)
        {
            if (_strangers.FirstToGo(subnet) is not { } silent || silent.Subnet == subnet)
                return false;

            // One that is being closed already keeps its place until its last bytes have left: another makes room.
            _strangers.Remove(silent);
            silent.Close();
        }

        return true;
    }

    private void Drop(IConnection connection) => Ground.Background.Run(() => connection.DisposeAsync().AsTask());

    // Between two turns of the loop, so that no message is begun with one ticket and ended with another.
    private void TakeTicket()
    {
        _ticket = _wallet.Ticket;
        if (_ticket.IsEmpty)
            return;

        foreach (var channel in _channels.Values.ToArray())
            channel.RefreshTicket();
    }

    private void Tick()
    {
        _tickAt = Instant.Never;
        var next = Instant.Never;
        foreach (var channel in _channels.Values.ToArray())
            next = Instant.Min(next, channel.Wake());

        // What several wait for falls together.
        var soon = Ground.Time.GetInstant() + TickInterval;
        if (next != Instant.Never)
            TickBy(next < soon ? soon : next);
    }

    private void TickBy(Instant at)
    {
        if (at >= _tickAt)
            return;

        _tickAt = at;
        _ticks.WakeAt(at);
    }
}
