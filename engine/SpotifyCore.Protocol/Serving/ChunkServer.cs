using Microsoft.Extensions.Logging;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sending;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// Serves chunks and manifests, and takes files in, over any number of connections: one loop each. A chunk served from
/// memory allocates nothing. Safe for many threads.
/// </summary>
/// <param name="backend">What it serves from.</param>
/// <param name="gate">Who may do what.</param>
/// <param name="options">Its limits.</param>
/// <param name="time">The clock of its timeouts.</param>
/// <param name="logger">Where it says what happened.</param>
public sealed class ChunkServer(
    ChunkServerBackend backend,
    AccessGate gate,
    ChunkServerOptions options,
    TimeProvider time,
    ILogger<ChunkServer> logger)
{
    private readonly ServerContext _context = new(backend, gate, options, time, logger);

    /// <summary>What it has done so far.</summary>
    public ChunkServerUsage Usage => _context.Counters.Read(_context.Connections.Count);

    /// <summary>
    /// Accepts and serves until <paramref name="stopping"/>, then says go-away on every connection, finishes what is in
    /// flight within the drain timeout, and returns. The listener stays the caller's.
    /// </summary>
    public async Task RunAsync(IConnectionListener listener, CancellationToken stopping)
    {
        var serving = new ServingCount();
        try
        {
            while (await listener.AcceptAsync(stopping) is { } connection)
                _ = ServeAsync(connection, serving, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Connections drain by themselves.
        }

        serving.Leave();
        await serving.Left;
    }

    /// <summary>
    /// Serves one connection until it is closed, then disposes it. Never throws for what the far side does.
    /// </summary>
    public Task ServeAsync(IConnection connection, CancellationToken stopping) =>
        ServeAsync(connection, new ServingCount(), stopping);

    private async Task ServeAsync(IConnection connection, ServingCount serving, CancellationToken stopping)
    {
        serving.Enter();
        var served = new ServerConnection(_context, connection);
        if (!_context.Connections.TryAdd(served, connection.RemoteEndPoint))
        {
            await RefuseAsync(connection);
            serving.Leave();
            return;
        }

        _context.Counters.Accepted();
        try
        {
            await served.RunAsync(stopping);
        }
        finally
        {
            _context.Connections.Remove(served);
            serving.Leave();
        }
    }

    private async Task RefuseAsync(IConnection connection)
    {
        _context.Counters.Refused();
        ChunkServerLog.Refused(logger, connection.RemoteId, connection.RemoteEndPoint, ProtocolCode.TooBusy);
        var batch = new SendBatch(SendBatch.AnswerRoom);
        batch.Add(PeerMessage.Error(0, ProtocolCode.TooBusy));
        try
        {
            await connection.SendAsync(batch.Unsent, CancellationToken.None);
        }
        catch (IOException)
        {
            // It left first.
        }

        await connection.DisposeAsync();
    }
}
