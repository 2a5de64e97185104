using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Opens, accepts, keeps and closes the client's connections, to peers and nodes alike. Everything on the loop, except
/// that connecting and accepting wait off it.
/// </summary>
internal sealed class PeerConnections : IPeerNetwork, IChunkReceiver, IDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ConnectionId, ClientConnection> _connections = [];
    private readonly Dictionary<ConnectionId, CancellationTokenSource> _connecting = [];

    // Accepted ones that have not said hello.
    private readonly PlaceTable<Subnet, ClientConnection> _strangers = new();
    private readonly PeerConnectionsOptions _options;
    private readonly ITransport _transport;
    private readonly TicketStore _tickets;
    private readonly AccessGate _gate;
    private readonly WakeTimer _ticks;
    private ReadOnlyMemory<byte> _ticket;
    private int _accepted;
    private bool _isClosed;
    private Instant _tickAt = Instant.Never;

    /// <summary>Without connections.</summary>
    public PeerConnections(
        PeerConnectionsOptions options,
        ITransport transport,
        TicketStore tickets,
        LoopContext context,
        ClientRuntime runtime)
    {
        _options = options;
        _transport = transport;
        _tickets = tickets;
        _gate = new AccessGate(tickets.Verifier) { Needed = TicketScope.Peers };
        (Context, Runtime) = (context, runtime);
        var takeTicket = new ActionWorkItem(TakeTicket);
        tickets.Changed = () => context.Loop.Post(takeTicket);
        Pacer = new UploadPacer(context, () => runtime.Status.Uploads.PaceBytesPerSecond);
        Probe = new LineProbe(this);
        Lingering = new LingeringConnections(context);
        _ticks = new WakeTimer(context.Loop, new ActionWorkItem(Tick), context.Time);
    }

    /// <summary>Loop, memory and clock.</summary>
    public LoopContext Context { get; }

    /// <summary>Takes what happens on connections.</summary>
    public ClientRuntime Runtime { get; }

    /// <summary>Reads what peers ask for.</summary>
    public required ChunkStoreAdapter Cache { private get; init; }

    /// <summary>Called when a chunk is to go up.</summary>
    public required Action Uploading { private get; init; }

    /// <summary>The ticket to show.</summary>
    public ReadOnlyMemory<byte> Ticket => _ticket;

    /// <summary>Bytes of a chunk that go into one frame: all of it, unless the line is slow.</summary>
    public int PieceBytes => Pacer.IsSlow ? _options.ChunkFrameBytes : Manifest.ChunkSize;

    /// <summary>Lets chunks leave at a pace.</summary>
    public UploadPacer Pacer { get; }

    /// <summary>Measures the line.</summary>
    public LineProbe Probe { get; }

    /// <summary>Connections that are over but for their last bytes; they take only places that nobody wants.</summary>
    public LingeringConnections Lingering { get; }

    /// <summary>Open connections.</summary>
    public int Count => _connections.Count;

    /// <summary>The open connections.</summary>
    public Dictionary<ConnectionId, ClientConnection>.ValueCollection Open => _connections.Values;

    /// <inheritdoc/>
    public void Connect(in Connect connect)
    {
        if (_isClosed)
            return;

        var (id, address) = connect;
        var connecting = new CancellationTokenSource();
        _connecting.Add(id, connecting);
        Context.Background.Run(() => ConnectAsync(id, address, connecting.Token));
    }

    /// <inheritdoc/>
    public void Close(in CloseConnection close)
    {
        var (id, reason) = close;
        if (_connecting.Remove(id, out var connecting))
            connecting.Cancel();
        else if (_connections.TryGetValue(id, out var connection))
            connection.Close();

        ClientLog.Closed(Context.Logger, id.Value, reason.ToString());
    }

    /// <inheritdoc/>
    public void Send(in SendMessage send) => Find(send.Connection)?.Send(send.Message, []);

    /// <inheritdoc/>
    public void SendHit(in SendHit hit)
    {
        // As many addresses as fit.
        Span<byte> payload = stackalloc byte[HitAddresses.MaxLength];
        var (length, count) = HitAddresses.Write(hit.Addresses, payload);
        if (count > 0)
            Find(hit.Connection)?.Send(PeerMessage.SearchHit(hit.Query, count, length), payload[..length]);
    }

    /// <inheritdoc/>
    public void SendPart(in SendPart part)
    {
        // The words are little-endian, as on the wire.
        var message = PeerMessage.HavePart(part.Request, part.File, 0, part.Chunks);
        var bits = MemoryMarshal.AsBytes(part.Present.AsSpan())[..(int)message.Length];
        Find(part.Connection)?.Send(message, bits);
    }

    /// <inheritdoc/>
    public void SendChunk(in SendChunk chunk)
    {
        Probe.Start();
        Uploading();
        Cache.ReadFor(chunk, this);
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

        foreach (var connection in _connections.Values.ToArray())
        {
            connection.Drain();
            connection.Close();
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
    public void Receive(in SendChunk asked, int slot, int length)
    {
        if (length > 0 && _connections.TryGetValue(asked.Connection, out var open) && !open.IsClosing)
        {
            open.Send(new OutgoingChunk(asked.Request, asked.Chunk.Index, slot, length, asked.IsPaced));
            return;
        }

        Context.Slots.Release(slot);
        Runtime.Raise(new ChunkSent(asked.Connection, asked.Request, asked.Chunk.Index, 0));
    }

    /// <summary>A chunk has gone out, or was not wanted any more.</summary>
    internal void Sent(ConnectionId connection, in OutgoingChunk chunk, bool sent)
    {
        Runtime.Raise(new ChunkSent(connection, chunk.Request, chunk.Index, sent ? chunk.Length : 0));
    }

    /// <summary>Judges a far side's ticket.</summary>
    internal Protocol.Trust.Access Check(ReadOnlySpan<byte> ticket, PeerId? proven, out Instant expires)
    {
        var now = Context.Time.GetUtcNow();
        var access = _gate.Check(ticket, proven, now);
        expires = access.Expires == DateTimeOffset.MaxValue ? Instant.Never : Runtime.Now + (access.Expires - now);
        return access;
    }

    /// <summary>A connection's hello is done.</summary>
    internal void Opened(ClientConnection connection, PeerId? remote, PeerSession session)
    {
        _strangers.Remove(connection);
        Runtime.Raise(new ConnectionOpened(
            connection.Id,
            new RemoteSide(remote, session.RemoteRole, (uint)session.RemoteRequestLimit)
            {
                Seen = connection.SeenAt, Version = session.Version, Account = connection.Account,
            }));
    }

    /// <summary>A connection has ended by itself or through the far side.</summary>
    internal void Ended(ClientConnection connection, bool wasOpen, string reason, bool misbehaved)
    {
        ClientLog.Closed(Context.Logger, connection.Id.Value, reason);
        if (wasOpen)
            Context.Loop.Post(Runtime, new ConnectionClosed(connection.Id, misbehaved));
        else if (!connection.Id.IsIncoming)
            Context.Loop.Post(Runtime, new ConnectionFailed(connection.Id));
    }

    /// <summary>Has every connection woken in a second: one of them waits for time to pass.</summary>
    internal void TickSoon() => TickBy(Context.Time.GetInstant() + TickInterval);

    /// <summary>A connection is gone.</summary>
    internal void Forget(ClientConnection connection)
    {
        _connections.Remove(connection.Id);
        _strangers.Remove(connection);
    }

    /// <summary>Closes a connection at once.</summary>
    internal void Drop(IConnection connection) =>
        Context.Background.Run(() => connection.DisposeAsync().AsTask());

    private ClientConnection? Find(ConnectionId connection) => _connections.GetValueOrDefault(connection);

    private async Task ConnectAsync(ConnectionId id, NodeAddress address, CancellationToken cancellation)
    {
        IConnection? connection = null;
        try
        {
            connection = await _transport.ConnectAsync(address, cancellation);
        }
        catch (Exception failure)
        {
            ClientLog.ConnectFailed(Context.Logger, id.Value, address, failure.Message);
        }

        Context.Loop.Post(new ActionWorkItem(() => Connected(id, connection)));
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
            Runtime.Raise(new ConnectionFailed(id));
        else
            Add(id, connection, initiator: true);
    }

    private void Add(ConnectionId id, IConnection connection, bool initiator)
    {
        var added = new ClientConnection(id, connection, new PeerSession(_options.Session, initiator), this);
        _connections.Add(id, added);
        Lingering.Trim(_options.MaxConnections - _connections.Count);
        if (!initiator)
            _strangers.Add(added.Subnet, added);

        added.Start();
        TickSoon();
    }

    /// <summary>
    /// Room for one more from a subnet; false when it has too many already that have not said hello, or nobody has more
    /// of them. So silence keeps nobody out.
    /// </summary>
    private bool TryMakeRoom(Subnet subnet)
    {
        if (_strangers.CountOf(subnet) >= PeerConnectionsOptions.SilentPerAddress)
            return false;

        while (_connections.Count >= _options.MaxConnections)
        {
            if (_strangers.FirstToGo(subnet) is not { } silent || silent.Subnet == subnet)
                return false;

            // One that is being closed already keeps its place until its last bytes have left: another makes room.
            _strangers.Remove(silent);
            silent.Close();
        }

        return true;
    }

    // Between two turns of the loop, so that no message is begun with one ticket and ended with another.
    private void TakeTicket()
    {
        _ticket = _tickets.Ticket;
        if (_ticket.IsEmpty)
            return;

        foreach (var connection in _connections.Values.ToArray())
            connection.RefreshTicket();
    }

    private void Tick()
    {
        _tickAt = Instant.Never;
        var next = Instant.Never;
        foreach (var connection in _connections.Values.ToArray())
            next = Instant.Min(next, connection.Wake());

        // What several wait for falls together.
        var soon = Context.Time.GetInstant() + TickInterval;
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
