using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

/// <summary>
/// Connections that are served on the thread that learns of their bytes, several on each: none keeps it for itself, and
/// nothing that takes long is done on it. Where the system has no such threads the pool does all of this. Alone, so
/// that connections are dealt out to the threads in turn.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class LoopTurnTests : IChunkSource
{
    private const int Held = 0;
    private const int Behind = 1;
    private const int Others = 2;
    private static readonly TestFile File = TestFile.Create(40, Manifest.ChunkSize * 3);
    private readonly FileShelf _shelf = new FileShelf().With(File);
    private readonly ConcurrentQueue<uint> _asked = new();
    private readonly ManualResetEventSlim _goOn = new();
    private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOnPool;
    private uint _requests;

    [Fact]
    public async Task Serve_OneOverWhichBytesAlwaysCome_LetsTheOthersOfItsThreadGoFirst()
    {
        if (!OperatingSystem.IsLinux())
            return;

        await using var server = await ServerFixture.TcpAsync(
            new ChunkServerBackend(this, _shelf) { NeverBlocks = true });
        await using var busy = await SettleAsync(server);
        var others = new List<RawPeer>();
        for (var loop = 0; loop < Environment.ProcessorCount; loop++)
            others.Add(await SettleAsync(server));

        // So that the system keeps room for all of the flood, as it does for who sends much.
        for (var flood = 0; flood < 64; flood++)
        {
            await SendFloodAsync(busy);
            await ReceiveChunkAsync(busy);
        }

        // Its thread stands still while bytes come in: 300 KiB of frames and a request behind them, and requests of all
        // others, of which one has the same thread.
        _asked.Clear();
        await AskAsync(busy, Held);
        await _isHeld.Task;
        var sending = SendFloodAsync(busy);
        var answers = others.ConvertAll(other => AskedAsync(other));
        await Eventually.TrueAsync(() => answers.Count(static answer => answer.IsCompleted) == answers.Count - 1);
        _goOn.Set();

        await Task.WhenAll(answers);
        await sending;
        await ReceiveChunkAsync(busy);
        await ReceiveChunkAsync(busy);
        Assert.Equal((uint)Behind, _asked.Last());
        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Fact]
    public async Task Serve_BackendFails_IsLoggedOnThePool()
    {
        var log = new ThreadLog();
        await using var server = await ServerFixture.StartAsync(
            new TcpTransport(new TransportOptions()), new ChunkServerBackend(this, new FailingManifests()) { NeverBlocks = true },
            new AccessGate(null), null, logger: log);
        await using var peer = await SettleAsync(server);

        await peer.SendAsync(PeerMessage.RequestManifest(++_requests, File.Id, RequestPriority.Playing, false));

        Assert.Equal(PeerMessageKind.Error, (await peer.ReceiveAsync())!.Value.Kind);
        await Eventually.TrueAsync(() => log.Failures > 0);
        Assert.True(log.IsOnPool);
    }

    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        _asked.Enqueue(request.First);
        _isOnPool = Thread.CurrentThread.IsThreadPoolThread;
        if (request.First == Held)
        {
            _isHeld.TrySetResult();
            _goOn.Wait(cancellationToken);
        }

        return _shelf.ReadAsync(request, destination, cancellationToken);
    }

    /// <summary>A peer that is greeted, and served on a thread that learns of bytes.</summary>
    private async Task<RawPeer> SettleAsync(ServerFixture server)
    {
        var peer = await RawPeer.GreetAsync(server);
        do
            await AskedAsync(peer);
        while (_isOnPool && OperatingSystem.IsLinux());

        return peer;
    }

    private async Task AskedAsync(RawPeer peer)
    {
        await AskAsync(peer, Others);
        await ReceiveChunkAsync(peer);
    }

    private Task AskAsync(RawPeer peer, uint chunk) => peer.SendAsync(
        PeerMessage.RequestChunks(++_requests, File.Id, chunk, 1, RequestPriority.Playing, 0));

    private static async Task ReceiveChunkAsync(RawPeer peer) =>
        Assert.Equal(PeerMessageKind.ChunkData, (await peer.ReceiveAsync())!.Value.Kind);

    private async Task SendFloodAsync(RawPeer peer)
    {
        var frame = new byte[MessageCodec.MaxPrefixLength];
        var length = MessageCodec.Write(PeerMessage.Have(0, default, HaveKind.None), default, frame);
        byte[] flood = [.. Enumerable.Repeat(frame[..length], 300 * 1024 / length).SelectMany(static bytes => bytes)];
        var request = new byte[MessageCodec.MaxPrefixLength];
        length = MessageCodec.Write(
            PeerMessage.RequestChunks(++_requests, File.Id, Behind, 1, RequestPriority.Playing, 0), default, request);
        await peer.Connection.SendAsync((byte[])[.. flood, .. request[..length]]);
    }

    private sealed class FailingManifests : IManifestSource
    {
        public ValueTask<Manifest?> FindManifestAsync(
            FileId file, CancellationToken cancellationToken = default) =>
            throw new IOException("nobody could be asked");
    }

    private sealed class ThreadLog : ILogger<ChunkServer>
    {
        public int Failures { get; private set; }

        public bool IsOnPool { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            IsOnPool = Thread.CurrentThread.IsThreadPoolThread;
            Failures++;
        }
    }
}
