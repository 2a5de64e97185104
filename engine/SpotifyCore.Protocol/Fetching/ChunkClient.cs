using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// Asks a node for chunks and manifests, and puts files there, over one connection shared by many callers. A read
/// allocates nothing in the steady state. A lost connection is not mended: see <see cref="IsAlive"/>. Safe for many
/// threads.
/// </summary>
public sealed class ChunkClient : IChunkSource, IManifestSource, IAsyncDisposable
{
    private ChunkClient()
    {
    }

    /// <summary>False once the connection is lost, refused or going away: reads then end as unavailable.</summary>
    public bool IsAlive => throw new NotSupportedException();

    /// <summary>Why it is not alive.</summary>
    public ProtocolCode CloseCode => throw new NotSupportedException();

    /// <summary>Completes, never faulted, once the connection is over.</summary>
    public Task Closed => throw new NotSupportedException();

    /// <summary>Whose key the channel proved.</summary>
    public PeerId? RemoteId => throw new NotSupportedException();

    /// <summary>Connects and says hello.</summary>
    /// <param name="transport">Opens the connection.</param>
    /// <param name="address">Where to, and who must be there.</param>
    /// <param name="ticket">The caller's ticket; empty where none is needed.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <param name="time">The clock of deadlines; the system's when null.</param>
    /// <param name="cancellationToken">Gives up early.</param>
    /// <exception cref="IOException">Nobody answers there, or somebody else does, or not in time.</exception>
    /// <exception cref="ProtocolException">The hello was refused.</exception>
    public static ValueTask<ChunkClient> ConnectAsync(
        ITransport transport,
        NodeAddress address,
        ReadOnlyMemory<byte> ticket,
        ChunkClientOptions? options = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <remarks>
    /// Here the bytes are <b>not</b> verified: the caller does it, or gives the manifest to the other overload. At most
    /// <see cref="PeerMessage.MaxChunksPerRequest"/> chunks a call.
    /// </remarks>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>
    /// As the other overload, with every chunk verified. When one does not match, the connection is closed with
    /// <see cref="ProtocolCode.BadContent"/> and the read ends as unavailable.
    /// </summary>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Manifest manifest, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Asks whether the server holds nothing, all or a part of a file.</summary>
    public ValueTask<HaveKind> HoldsAsync(FileId file, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Puts a whole file; once it returns stored, the file is durable at the server.</summary>
    public ValueTask<PutOutcome> PutAsync(
        Manifest manifest, IChunkReader chunks, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Sends a fresh ticket before the old one expires.</summary>
    public void RefreshTicket(ReadOnlyMemory<byte> ticket) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
