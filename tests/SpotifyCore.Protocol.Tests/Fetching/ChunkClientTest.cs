using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Fetching;

/// <summary>A chunk client and a peer that speaks raw messages, over memory, on a clock of the test's.</summary>
public abstract class ChunkClientTest : IAsyncLifetime
{
    private protected static readonly TestFile File = TestFile.Create(1, (Manifest.ChunkSize * 20) + 777);
    private protected MemoryTransport Transport { get; } = new(new MemoryNetwork());
    private protected ManualTimeProvider Time { get; } = new();
    private protected IConnectionListener Listener { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Listener = await Transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));

    public async Task DisposeAsync() => await Listener.DisposeAsync();

    private protected NodeAddress Address => new(null, "memory", Listener.EndPoint.Port);

    private protected static ChunkRequest Request(uint first, uint count) =>
        new(File.Id, first, count, RequestPriority.Playing, Instant.Never);

    private protected async Task<(ChunkClient Client, RawPeer Server)> OpenAsync(
        ushort requestLimit = 64, ChunkClientOptions? options = null)
    {
        var connecting = ChunkClient.ConnectAsync(Transport, Address, default, options, Time).AsTask();
        var server = await RawPeer.AcceptAsync(Listener, requestLimit);
        return (await connecting, server);
    }

    private protected static async Task CloseAsync(ChunkClient client, RawPeer server)
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    /// <summary>Everything sent before was taken in.</summary>
    private protected static async Task AssertHeardAsync(RawPeer server)
    {
        await server.SendAsync(PeerMessage.Ping(77));
        Assert.Equal(PeerMessage.Pong(77), await server.ReceiveAsync());
    }

    /// <summary>As the other, with so many messages of a kind before.</summary>
    private protected static async Task AssertHeardAfterAsync(RawPeer server, PeerMessageKind kind, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.Equal(kind, (await server.ReceiveAsync())!.Value.Kind);

        await AssertHeardAsync(server);
    }

    private protected static async Task AssertAliveAsync(ChunkClient client, RawPeer server)
    {
        await AssertHeardAsync(server);
        Assert.True(client.IsAlive);
    }
}
