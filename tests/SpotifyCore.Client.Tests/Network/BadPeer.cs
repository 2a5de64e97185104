using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>A listener that logs in, says that it holds a track, and gives wrong chunks of it, or none.</summary>
internal sealed class BadPeer : IChunkSource, IManifestSource, IAsyncDisposable
{
    private readonly NodeIdentity _identity = NodeIdentity.Create();
    private readonly TicketVerifier _verifier = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly EndpointChannel _channel;
    private readonly Tune _tune;
    private readonly bool _stalls;
    private IConnectionListener? _listener;
    private AsyncDuplexStreamingCall<ClientNotice, ServerNotice>? _session;
    private Task _serving = Task.CompletedTask;
    private int _asked;

    private BadPeer(string url, Tune tune, bool stalls)
    {
        _channel = new EndpointChannel(new EndpointChannelOptions { Address = url });
        _tune = tune;
        _stalls = stalls;
    }

    /// <summary>Times it was asked for chunks.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public static async Task<BadPeer> StartAsync(TestNetwork network, Tune tune, bool stalls)
    {
        var peer = new BadPeer(network.Url, tune, stalls);
        await peer.StartAsync();
        await Eventually.TrueAsync(() => network.Press.IsToldOfAsync(tune, peer._identity.Id), "the bad peer is known");
        return peer;
    }

    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        GiveAsync(request, destination);

    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
        new(file == _tune.Manifest.File ? _tune.Manifest : null);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _session!.Dispose();
        await _listener!.DisposeAsync();
        await _serving;
        _channel.Dispose();
        _verifier.Dispose();
        _identity.Dispose();
        _stopping.Dispose();
    }

    private async Task StartAsync()
    {
        var login = await TestPress.LogInAsync(_channel, _identity, TestNetwork.Listener);
        _channel.Session = login.Session;
        foreach (var key in login.Keys.Keys)
            _verifier.AddKey(key.Id, key.PublicKey.Span);

        var transport = new TlsTransport(_identity, new TransportOptions(), TimeProvider.System);
        _listener = await transport.ListenAsync(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var options = new ChunkServerOptions { DrainTimeout = TimeSpan.FromMilliseconds(100) };
        var server = new ChunkServer(
            new ChunkServerBackend(this, this), new AccessGate(_verifier), options, TimeProvider.System, NullLogger<ChunkServer>.Instance);
        _serving = server.RunAsync(_listener, _stopping.Token);

        var file = new byte[FileId.Size];
        _tune.Manifest.File.Write(file);
        _session = _channel.AccessPoint().Session();
        await _session.RequestStream.WriteAsync(new ClientNotice { Online = new ClientOnline { ListenPort = _listener.EndPoint.Port } });
        await _session.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = ByteString.CopyFrom(file) } });
    }

    private async ValueTask<ChunkReadResult> GiveAsync(ChunkRequest request, Memory<byte> destination)
    {
        Interlocked.Increment(ref _asked);
        if (_stalls)
            await Task.Delay(Timeout.Infinite, _stopping.Token);

        var length = 0;
        for (var index = request.First; index < request.First + request.Count; index++)
        {
            var chunk = _tune.Chunk(index);
            chunk.CopyTo(destination[length..]);
            destination.Span[length + (chunk.Length / 2)] ^= 1;
            length += chunk.Length;
        }

        return ChunkReadResult.Found(length, Tier.Cache);
    }
}
