using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Fetching;

/// <summary>A server that never pauses is waited for no longer than any other.</summary>
public sealed class RestlessServerTests : ITransport
{
    private static readonly byte[] UnknownKind = [0, 0, 0, 0, 0xee, 0, 0, 0, 0, 0];
    private readonly RestlessConnection _server = new();

    [Fact]
    public async Task Closed_ServerBrokeARuleAndTalksOn_CompletesAfterASecond()
    {
        var time = new ManualTimeProvider();
        _server.Say(PeerMessage.HelloReply(1, PeerRole.Node, 0, 64));
        await using var client = await ChunkClient.ConnectAsync(this, new NodeAddress(null, "node", 1), default, null, time);

        _server.Say(UnknownKind);

        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return client.Closed.IsCompleted;
        });
        Assert.Equal(ProtocolCode.UnknownKind, client.CloseCode);
    }

    [Fact]
    public async Task PutAsync_CancelledWhileTheServerTakesNothing_EndsAtOnce()
    {
        var file = TestFile.Create(4, 20 * Manifest.ChunkSize);
        using var ending = new CancellationTokenSource();
        _server.Say(PeerMessage.HelloReply(1, PeerRole.Node, 0, 64));
        await using var client = await ChunkClient.ConnectAsync(
            this, new NodeAddress(null, "node", 1), default, null, new ManualTimeProvider());
        _server.StopReading();
        var reader = new CountingReader(new FileReader(file));
        var puts = Enumerable.Range(0, 2)
            .Select(_ => client.PutAsync(file.Manifest, reader, ending.Token).AsTask()).ToArray();
        for (var request = 1u; request <= puts.Length; request++)
            _server.Say(PeerMessage.PutReady(request, PutState.SendChunks));

        // Both are past what is waited for beside the room; there is none for all of them.
        await Eventually.TrueAsync(() => reader.FirstReads == puts.Length);
        await ending.CancelAsync();

        foreach (var put in puts)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    public ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default) =>
        new(_server);

    public ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private sealed class CountingReader(FileReader file) : IChunkReader
    {
        private int _firstReads;

        public int FirstReads => Volatile.Read(ref _firstReads);

        public ValueTask ReadAsync(uint index, Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            if (index == 0)
                Interlocked.Increment(ref _firstReads);

            return file.ReadAsync(index, destination, CancellationToken.None);
        }
    }
}
