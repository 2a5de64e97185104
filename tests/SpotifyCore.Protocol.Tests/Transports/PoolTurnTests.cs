using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Transports;

/// <summary>
/// Connections over which something always comes, more than the pool has threads: none keeps its thread for itself.
/// Alone, and the pool makes no further threads.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class PoolTurnTests : ITransport, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly RestlessConnection[] _peers;
    private readonly int _threads;
    private readonly int _completionThreads;
    private int _connected;

    public PoolTurnTests()
    {
        // Whoever runs the tests may hold all there are for itself.
        var most = ThreadPool.ThreadCount + Environment.ProcessorCount;
        _peers = [.. Enumerable.Range(0, most + 1).Select(static _ => new RestlessConnection())];
        ThreadPool.GetMaxThreads(out _threads, out _completionThreads);
        Assert.True(ThreadPool.SetMaxThreads(most, _completionThreads));
    }

    public void Dispose() => ThreadPool.SetMaxThreads(_threads, _completionThreads);

    [Fact]
    public async Task Serve_MoreThatNeverPauseThanThreads_ServesEach()
    {
        var server = new ChunkServer(
            new FileShelf().Backend, new AccessGate(null), new ChunkServerOptions(), TimeProvider.System,
            NullLogger<ChunkServer>.Instance);
        await RunAsync(
            PeerMessage.Hello(PeerRole.Peer, 0, 64),
            peer => server.ServeAsync(peer, CancellationToken.None));
    }

    [Fact]
    public Task Fetch_FromMoreThatNeverPauseThanThreads_HearsEach() => RunAsync(
        PeerMessage.HelloReply(1, PeerRole.Node, 0, 64),
        async _ =>
        {
            await using var client = await ChunkClient.ConnectAsync(this, new NodeAddress(null, "node", 1), default);
            await client.Closed;
        });

    public ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default) =>
        new(_peers[Interlocked.Increment(ref _connected) - 1]);

    public ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Waits until each was heard again and again, on a thread of its own; then all of them end.</summary>
    private async Task RunAsync(PeerMessage greeting, Func<IConnection, Task> run)
    {
        var running = Array.ConvertAll(_peers, peer =>
        {
            peer.Say(greeting);
            return Task.Run(() => run(peer));
        });
        var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            var all = SpinWait.SpinUntil(HaveAllBeenHeard, Patience);
            Array.ForEach(_peers, static peer => peer.End());
            heard.SetResult(all);
        }).Start();

        Assert.True(await heard.Task);
        await Task.WhenAll(running);
    }

    private bool HaveAllBeenHeard() => _peers.All(static peer => peer.Receives > 100);
}
