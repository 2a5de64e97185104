using Microsoft.Extensions.Logging;
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
    ChunkServerBackend backend, AccessGate gate, ChunkServerOptions options, TimeProvider time, ILogger<ChunkServer> logger)
{
    /// <summary>What it has done so far.</summary>
    public ChunkServerUsage Usage => throw new NotSupportedException();

    /// <summary>
    /// Accepts and serves until <paramref name="stopping"/>, then says go-away on every connection, finishes what is in
    /// flight within the drain timeout, and returns. The listener stays the caller's.
    /// </summary>
    public Task RunAsync(IConnectionListener listener, CancellationToken stopping) => throw new NotSupportedException();

    /// <summary>Serves one connection until it is closed, then disposes it. Never throws for what the far side does.</summary>
    public Task ServeAsync(IConnection connection, CancellationToken stopping) => throw new NotSupportedException();
}
