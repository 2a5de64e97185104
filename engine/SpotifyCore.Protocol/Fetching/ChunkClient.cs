using System.Buffers;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// Asks a node for chunks and manifests, and puts files there, over one connection shared by many callers. A read
/// allocates nothing in the steady state. A lost connection is not mended: see <see cref="IsAlive"/>. Safe for many
/// threads.
/// </summary>
public sealed class ChunkClient : IChunkSource, IManifestSource, IAsyncDisposable
{
    private readonly ClientLink _link;
    private readonly ChunkClientOptions _options;
    private readonly TimeProvider _time;

    private ChunkClient(ClientLink link, ChunkClientOptions options, TimeProvider time)
    {
        _link = link;
        _options = options;
        _time = time;
    }

    /// <summary>False once the connection is lost, refused or going away: reads then end as unavailable.</summary>
    public bool IsAlive => _link.IsAlive;

    /// <summary>Why it is not alive.</summary>
    public ProtocolCode CloseCode => _link.CloseCode;

    /// <summary>Completes, never faulted, once the connection is over.</summary>
    public Task Closed => _link.Closed;

    /// <summary>Whose key the channel proved.</summary>
    public PeerId? RemoteId => _link.RemoteId;

    /// <summary>False when the server speaks a version without lists: <see cref="ListAsync"/> then gives null.</summary>
    public bool KnowsLists => _link.Version >= ProtocolVersion.WithLists;

    /// <summary>Connects and says hello.</summary>
    /// <param name="transport">Opens the connection.</param>
    /// <param name="address">Where to, and who must be there.</param>
    /// <param name="ticket">The caller's ticket; empty where none is needed.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <param name="time">The clock of deadlines; the system's when null.</param>
    /// <param name="cancellationToken">Gives up early.</param>
    /// <exception cref="IOException">Nobody answers there, or somebody else does, or not in time.</exception>
    /// <exception cref="ProtocolException">The hello was refused.</exception>
    public static async ValueTask<ChunkClient> ConnectAsync(
        ITransport transport,
        NodeAddress address,
        ReadOnlyMemory<byte> ticket,
        ChunkClientOptions? options = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new ChunkClientOptions();
        time ??= TimeProvider.System;
        var connection = await transport.ConnectAsync(address, cancellationToken);
        var link = new ClientLink(connection, ticket, options, time);
        try
        {
            await link.Opened.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await link.StopAsync();
            throw;
        }

        if (link.IsAlive)
            return new ChunkClient(link, options, time);

        var code = link.CloseCode;
        await link.StopAsync();
        throw code is ProtocolCode.ConnectionLost or ProtocolCode.HelloTimeout
            ? new IOException($"{address} did not answer the hello: {ProtocolText.Of(code)}")
            : new ProtocolException(code);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Here the bytes are <b>not</b> verified: the caller does it, or gives the manifest to the other overload. At most
    /// <see cref="PeerMessage.MaxChunksPerRequest"/> chunks a call.
    /// </remarks>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        BeginReadAsync(request, null, destination, cancellationToken);

    /// <summary>
    /// As the other overload, with every chunk verified. When one does not match, the connection is closed with
    /// <see cref="ProtocolCode.BadContent"/> and the read ends as unavailable.
    /// </summary>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request,
        Manifest manifest,
        Memory<byte> destination,
        CancellationToken cancellationToken = default) =>
        BeginReadAsync(request, manifest, destination, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
        FindManifestAsync(file, RequestPriority.Playing, localOnly: false, cancellationToken);

    /// <summary>As the other overload, with a priority, and without the server asking a further tier.</summary>
    public async ValueTask<Manifest?> FindManifestAsync(
        FileId file, RequestPriority priority, bool localOnly, CancellationToken cancellationToken = default)
    {
        var call = new ManifestCall(file, priority, localOnly);
        if (await RunAsync(call, cancellationToken) is not { } bytes)
            return null;
        if (ManifestReader.TryRead(bytes, file, out var manifest))
            return manifest;

        _link.Distrust();
        return null;
    }

    /// <summary>Asks whether the server holds nothing, all or a part of a file; null when it does not say.</summary>
    public async ValueTask<HaveKind?> HoldsAsync(FileId file, CancellationToken cancellationToken = default) =>
        await RunAsync(new HaveCall(file), cancellationToken);

    /// <summary>
    /// As <see cref="HoldsAsync"/> for each of many files, which are asked for in as few writes as they fit in. Null too
    /// where more wait than <see cref="ChunkClientOptions.WaitingLimit"/>.
    /// </summary>
    public async ValueTask<IReadOnlyList<HaveKind?>> HoldsEachAsync(
        IReadOnlyList<FileId> files, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var calls = new HaveCalls(files, ReplyDeadline());
        _link.Begin(calls.Requests);
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (link, given) = ((ClientLink, HaveCalls))state!;
                link.GiveUp(given.Requests, token);
            },
            (_link, calls));
        return await calls.Task;
    }

    /// <summary>
    /// Asks a fellow node which files it holds whose ids come after <paramref name="after"/>, at most
    /// <see cref="ListedFiles.MaxCount"/>; null when it does not say.
    /// </summary>
    public async ValueTask<FilePage?> ListAsync(FileId after, CancellationToken cancellationToken = default) =>
        KnowsLists ? await RunAsync(new ListCall(after, ListedFiles.MaxCount), cancellationToken) : null;

    /// <summary>
    /// Puts a whole file; once it returns stored, the file is durable at the server. When it is cancelled or
    /// <paramref name="chunks"/> fails, the server forgets what it got.
    /// </summary>
    public async ValueTask<PutOutcome> PutAsync(
        Manifest manifest, IChunkReader chunks, CancellationToken cancellationToken = default)
    {
        var put = new PutCall(manifest) { Deadline = ReplyDeadline() };
        _link.Begin(put);

        // A server that stands still takes nothing, and a part that waits for room would wait with it.
        await using var registration = GiveUpOnceCancelled(put, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(Manifest.ChunkSize);
        try
        {
            await SendManifestAsync(put, manifest);
            await put.Ready.WaitAsync(cancellationToken);
            _link.Extend(put, Instant.Never);
            await SendChunksAsync(put, manifest, chunks, buffer, cancellationToken);
            _link.Extend(put, ReplyDeadline());
            return await put.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _link.GiveUp([put], CancellationToken.None);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends a fresh ticket before the old one expires. The memory must not change afterwards.</summary>
    public void RefreshTicket(ReadOnlyMemory<byte> ticket) => _link.RefreshTicket(ticket);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _link.StopAsync();

    private ValueTask<ChunkReadResult> BeginReadAsync(
        in ChunkRequest request, Manifest? manifest, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(request.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Count, (uint)PeerMessage.MaxChunksPerRequest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.First, PeerMessage.MaxChunks - request.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, (int)request.Count * Manifest.ChunkSize);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ChunkReadResult>(cancellationToken);

        var left = request.Deadline == Instant.Never ? TimeSpan.Zero : request.Deadline - _time.GetInstant();
        if (left <= TimeSpan.Zero && request.Deadline != Instant.Never)
            return ValueTask.FromResult(ChunkReadResult.Unavailable);

        var milliseconds = (uint)Math.Min(Math.Ceiling(left.TotalMilliseconds), uint.MaxValue);
        var read = _link.Reads.Rent();
        read.Reset(
            PeerMessage.RequestChunks(
                0, request.File, request.First, request.Count, request.Priority, milliseconds, request.LocalOnly),
            manifest,
            destination);
        read.Deadline = request.Deadline;
        _link.Begin(read);
        return read.WaitAsync(cancellationToken);
    }

    private async ValueTask<TResult> RunAsync<TResult>(ClientCall<TResult> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        call.Deadline = ReplyDeadline();
        _link.Begin(call);
        await using var registration = GiveUpOnceCancelled(call, cancellationToken);
        return await call.Task;
    }

    private CancellationTokenRegistration GiveUpOnceCancelled(
        ClientOperation operation, CancellationToken cancellationToken) => cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (link, given) = ((ClientLink, ClientOperation))state!;
                link.GiveUp([given], token);
            },
            (_link, operation));

    private async ValueTask SendManifestAsync(PutCall put, Manifest manifest)
    {
        var sent = put.Payload.Length;
        while (sent < manifest.Bytes.Length)
        {
            var length = Math.Min(Manifest.ChunkSize, manifest.Bytes.Length - sent);
            var piece = PeerMessage.PutBegin(0, manifest.File, (uint)sent, (uint)manifest.Bytes.Length, length);
            if (!await _link.SendAsync(put, piece, manifest.Bytes.Slice(sent, length)))
                return;

            sent += length;
        }
    }

    private async ValueTask SendChunksAsync(
        PutCall put, Manifest manifest, IChunkReader chunks, byte[] buffer, CancellationToken cancellationToken)
    {
        for (uint index = 0; index < manifest.ChunkCount; index++)
        {
            if (put.Task.IsCompleted)
                return;

            var length = manifest.LengthOf(index);
            await chunks.ReadAsync(index, buffer.AsMemory(0, length), cancellationToken);
            var message = PeerMessage.PutChunk(0, index, 0, (uint)length, length);
            if (!await _link.SendAsync(put, message, buffer.AsMemory(0, length)))
                return;
        }

        await _link.SendAsync(put, PeerMessage.PutCommit(0), default);
    }

    private Instant ReplyDeadline() => _time.GetInstant() + _options.ReplyTimeout;
}
