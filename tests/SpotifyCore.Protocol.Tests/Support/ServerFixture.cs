using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>A chunk server on loopback, stopped and drained when disposed.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly IConnectionListener _listener;
    private readonly Task _running;

    private ServerFixture(ITransport transport, IConnectionListener listener, ChunkServer server, PeerId? id)
    {
        Transport = transport;
        Server = server;
        Address = new NodeAddress(id, "127.0.0.1", listener.EndPoint.Port);
        _listener = listener;
        _running = server.RunAsync(listener, _stopping.Token);
    }

    public ITransport Transport { get; }

    public ChunkServer Server { get; }

    public NodeAddress Address { get; }

    public static Task<ServerFixture> TcpAsync(
        ChunkServerBackend backend, ChunkServerOptions? options = null, TimeProvider? time = null) =>
        StartAsync(new TcpTransport(new TransportOptions()), backend, new AccessGate(null), null, options, time);

    public static async Task<ServerFixture> StartAsync(
        ITransport transport,
        ChunkServerBackend backend,
        AccessGate gate,
        PeerId? id,
        ChunkServerOptions? options = null,
        TimeProvider? time = null,
        ILogger<ChunkServer>? logger = null)
    {
        var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var server = new ChunkServer(
            backend,
            gate,
            options ?? new ChunkServerOptions(),
            time ?? TimeProvider.System,
            logger ?? NullLogger<ChunkServer>.Instance);
        return new ServerFixture(transport, listener, server, id);
    }

    public ValueTask<ChunkClient> ConnectAsync(ChunkClientOptions? options = null) =>
        ChunkClient.ConnectAsync(Transport, Address, default, options);

    public Task StopAsync()
    {
        _stopping.Cancel();
        return _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _listener.DisposeAsync();
        _stopping.Dispose();
    }
}
