using Microsoft.Extensions.Logging;
using SpotifyCore.Protocol.Sending;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Serving;

/// <summary>What all connections of a server share.</summary>
internal sealed record ServerContext(
    ChunkServerBackend Backend, AccessGate Gate, ChunkServerOptions Options, TimeProvider Time, ILogger Logger)
{
    public PeerSessionOptions Session { get; } = Options.ToSession(Backend.Intake is not null, Backend.Held is not null);

    public ConnectionRegistry Connections { get; } = new(Options, Time);

    public ServerCounters Counters { get; } = new();

    /// <summary>Batches that carry chunks and manifests.</summary>
    public SendBatchPool Batches { get; } = new(Options.SendBatchBytes, Options.MaxSendMemoryBytes);
}
