using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// The one connection to a node: made when first needed, made again when lost, left alone for a while when the node
/// can't be reached. One that the node takes leave on is left to finish what is under way, beside the next. Safe for
/// many threads; allocates nothing while the connection stands.
/// </summary>
public sealed class ReconnectingPeer : IAsyncDisposable
{
    private readonly ITransport _transport;
    private readonly ReconnectingPeerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Backoff _backoff;
    private Task<ChunkClient?>? _connecting;
    private ChunkClient? _client;
    private ChunkClient? _leaving;
    private ReadOnlyMemory<byte> _shown;
    private Exception? _failure;
    private Instant _aloneUntil;
    private int _silent;

    /// <summary>Prepares the link; nothing is connected yet.</summary>
    /// <param name="transport">Opens the connections; the caller's.</param>
    /// <param name="address">Where the node is, and who must be there.</param>
    /// <param name="options">Its pauses and the limits of the connections.</param>
    /// <param name="time">The clock of pauses and deadlines.</param>
    /// <param name="logger">Told when the connection is made, lost and given up.</param>
    public ReconnectingPeer(
        ITransport transport,
        NodeAddress address,
        ReconnectingPeerOptions options,
        TimeProvider time,
        ILogger<ReconnectingPeer> logger)
    {
        _transport = transport;
        Address = address;
        _options = options;
        _time = time;
        _logger = logger;

        // Half of each pause is sure: a node that comes back is not to meet all that lost it at once.
        _backoff = new Backoff(options.FirstPause, options.LongestPause, jitter: 0.5);
    }

    /// <summary>Where the node is.</summary>
    public NodeAddress Address { get; }

    /// <summary>
    /// Why it could not be reached when that was tried last: an <see cref="IOException"/>, or a
    /// <see cref="ProtocolException"/> when it refused the hello. Null once it could, and before it was tried.
    /// </summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Ends the connection, and one that is being left, and makes no other.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<ChunkClient?>? connecting;
        await _stopping.CancelAsync();
        lock (_lock)
            connecting = _connecting;

        if (connecting is not null)
            await connecting;

        if (_client is { } client)
            await client.DisposeAsync();

        if (_leaving is { } leaving)
            await leaving.DisposeAsync();

        _stopping.Dispose();
    }

    /// <summary>
    /// The connection, which stays the link's; null when the node can't be reached now. Who asks while another's try is
    /// under way shares what comes of it.
    /// </summary>
    /// <param name="ticket">
    /// The ticket to show; one that is not the connection's is shown there as well. Empty where none is needed.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; the try goes on.</param>
    public ValueTask<ChunkClient?> GetAsync(ReadOnlyMemory<byte> ticket, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _client) is { IsAlive: true } client)
        {
            if (!ticket.IsEmpty)
                Show(client, ticket);

            return new ValueTask<ChunkClient?>(client);
        }

        lock (_lock)
        {
            if (_connecting is null && (_time.GetInstant() < _aloneUntil || _stopping.IsCancellationRequested))
                return default;

            _connecting ??= BeginAsync(ticket);
            return new ValueTask<ChunkClient?>(_connecting.WaitAsync(cancellationToken));
        }
    }

    /// <summary>
    /// Takes note of whether a read over a connection was answered. After several in a row that were not, it is given
    /// up. One that is no longer the link's is nothing to it.
    /// </summary>
    public void Note(ChunkClient client, bool answered)
    {
        if (Volatile.Read(ref _client) != client)
            return;

        if (answered)
            Volatile.Write(ref _silent, 0);
        else if (Interlocked.Increment(ref _silent) >= _options.SilentReads)
            GiveUp(client);
    }

    private void Show(ChunkClient client, ReadOnlyMemory<byte> ticket)
    {
        lock (_lock)
        {
            if (_client != client || ticket.Span.SequenceEqual(_shown.Span))
                return;

            _shown = ticket;
            client.RefreshTicket(ticket);
        }
    }

    // The try is nobody's: a caller who gives up leaves it to the others.
    private Task<ChunkClient?> BeginAsync(ReadOnlyMemory<byte> ticket) =>
        Task.Run(() => ConnectAsync(ticket), CancellationToken.None);

    private async Task<ChunkClient?> ConnectAsync(ReadOnlyMemory<byte> ticket)
    {
        ChunkClient? made = null;
        Exception? failure = null;
        try
        {
            if (Interlocked.Exchange(ref _client, null) is { } former)
                await LeaveAsync(former);

            made = await ChunkClient.ConnectAsync(
                _transport, Address, ticket, _options.Connection, _time, _stopping.Token);
            ReconnectingPeerLog.Up(_logger, Address);
        }
        catch (Exception failed) when (failed is IOException or ProtocolException or OperationCanceledException)
        {
            failure = failed;
            ReconnectingPeerLog.Down(_logger, Address, failed.Message);
        }
        finally
        {
            Settle(made, ticket, failure);
        }

        return made;
    }

    /// <summary>
    /// Ends a connection. Where the node goes away it ends by itself, once what is under way is done; only the last such
    /// is waited for, as a node may say so each time and then answer nothing.
    /// </summary>
    private async ValueTask LeaveAsync(ChunkClient former)
    {
        var over = former;
        if (former.CloseCode == ProtocolCode.GoingAway)
        {
            lock (_lock)
                (over, _leaving) = (_leaving, former);
        }

        if (over is not null)
            await over.DisposeAsync();
    }

    private void Settle(ChunkClient? made, ReadOnlyMemory<byte> ticket, Exception? failure)
    {
        lock (_lock)
        {
            if (made is null)
                LeaveAlone();
            else
                _backoff.Reset();

            _shown = ticket;
            Volatile.Write(ref _failure, failure);
            Volatile.Write(ref _silent, 0);
            Volatile.Write(ref _client, made);
            _connecting = null;
        }
    }

    private void LeaveAlone() => _aloneUntil = _time.GetInstant() + _backoff.Next(Random.Shared.NextDouble());

    private void GiveUp(ChunkClient silent)
    {
        lock (_lock)
        {
            if (_client != silent || _connecting is not null)
                return;

            LeaveAlone();
            _client = null;
        }

        ReconnectingPeerLog.Silent(_logger, Address);
        _ = silent.DisposeAsync().AsTask();
    }
}
