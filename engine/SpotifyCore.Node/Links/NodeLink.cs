using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Node.Links;

/// <summary>
/// The one connection to another node: made when first needed, made again when lost, left alone for a while when the
/// node can't be reached. Safe for many threads; allocates nothing while the connection stands.
/// </summary>
public sealed class NodeLink : IAsyncDisposable
{
    private readonly ITransport _transport;
    private readonly NodeLinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private LinkBackoff _backoff;
    private Task<ChunkClient?>? _connecting;
    private ChunkClient? _client;
    private int _silent;

    /// <summary>Prepares the link; nothing is connected yet.</summary>
    public NodeLink(
        ITransport transport, NodeAddress address, NodeLinkOptions options, TimeProvider time, ILogger<NodeLink> logger)
    {
        _transport = transport;
        Address = address;
        _options = options;
        _time = time;
        _logger = logger;
        _backoff = new LinkBackoff(options.FirstBackoff, options.LongestBackoff);
    }

    /// <summary>Where the node is.</summary>
    public NodeAddress Address { get; }

    /// <inheritdoc/>
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

        _stopping.Dispose();
    }

    /// <summary>The connection; null when the node can't be reached now.</summary>
    internal ValueTask<ChunkClient?> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _client) is { IsAlive: true } client)
            return new ValueTask<ChunkClient?>(client);

        lock (_lock)
        {
            if (_connecting is null && (_backoff.IsOpen(_time.GetInstant()) || _stopping.IsCancellationRequested))
                return default;

            _connecting ??= Task.Run(ConnectAsync, CancellationToken.None);
            return new ValueTask<ChunkClient?>(_connecting.WaitAsync(cancellationToken));
        }
    }

    /// <summary>
    /// Takes note of whether a read was answered. After several in a row that were not, the connection is given up.
    /// </summary>
    internal void Note(ChunkClient client, bool answered)
    {
        if (answered)
            Volatile.Write(ref _silent, 0);
        else if (Interlocked.Increment(ref _silent) >= _options.SilentReads)
            GiveUp(client);
    }

    private async Task<ChunkClient?> ConnectAsync()
    {
        ChunkClient? made = null;
        try
        {
            if (Interlocked.Exchange(ref _client, null) is { } lost)
                await lost.DisposeAsync();

            made = await ChunkClient.ConnectAsync(
                _transport, Address, ticket: default, _options.ToClient(), _time, _stopping.Token);
            _logger.LinkUp(Address);
        }
        catch (Exception failed) when (failed is IOException or ProtocolException or OperationCanceledException)
        {
            _logger.LinkDown(Address, failed.Message);
        }
        finally
        {
            Settle(made);
        }

        return made;
    }

    private void Settle(ChunkClient? made)
    {
        lock (_lock)
        {
            if (made is null)
                _backoff.Fail(_time.GetInstant());
            else
                _backoff.Succeed();

            Volatile.Write(ref _silent, 0);
            Volatile.Write(ref _client, made);
            _connecting = null;
        }
    }

    private void GiveUp(ChunkClient silent)
    {
        lock (_lock)
        {
            if (_client != silent || _connecting is not null)
                return;

            _backoff.Fail(_time.GetInstant());
            _client = null;
        }

        _logger.LinkSilent(Address);
        _ = silent.DisposeAsync().AsTask();
    }
}
