using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>
/// A listener who tells the tracker that it has a file whole, and gives wrong bytes to who asks for it.
/// </summary>
internal sealed class LyingPeer : IChunkSource, IManifestSource, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly RawListener _listener;
    private readonly Manifest _manifest;
    private readonly ChunkServer _server;
    private AsyncDuplexStreamingCall<ClientNotice, ServerNotice>? _online;
    private IConnectionListener? _accepting;
    private Task _serving = Task.CompletedTask;

    private LyingPeer(RawListener listener, Manifest manifest)
    {
        _listener = listener;
        _manifest = manifest;
        var backend = new ChunkServerBackend(this, this);
        var options = new ChunkServerOptions();
        _server = new ChunkServer(
            backend, new AccessGate(tickets: null), options, TimeProvider.System, NullLogger<ChunkServer>.Instance);
    }

    /// <summary>Wrong chunks that were given.</summary>
    public long Lies => _server.Usage.Chunks;

    /// <summary>Goes online; returns once the tracker sends others here for a track.</summary>
    public static async Task<LyingPeer> StartAsync(TestCluster cluster, TrackId track)
    {
        var listener = await RawListener.LogInAsync(cluster, "bertil");
        var opened = await listener.OpenAsync(track);
        var peer = new LyingPeer(listener, RawListener.ManifestOf(opened));
        await peer.ListenAsync(opened.File);
        using var other = await RawListener.LogInAsync(cluster, "anna");
        await Eventually.TrueAsync(async () => (await other.OpenAsync(track)).Peers.Count > 0);
        return peer;
    }

    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        var length = 0;
        for (uint i = 0; i < request.Count && request.First + i < _manifest.ChunkCount; i++)
            length += _manifest.LengthOf(request.First + i);

        Random.Shared.NextBytes(destination.Span[..length]);
        return ValueTask.FromResult(ChunkReadResult.Found(length, Tier.Cache));
    }

    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(file == _manifest.File ? _manifest : null);

    public async ValueTask DisposeAsync()
    {
        if (_online is not null)
            _online.Dispose();

        await _stopping.CancelAsync();
        await _serving;
        if (_accepting is not null)
            await _accepting.DisposeAsync();

        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync(ByteString file)
    {
        var transport = new TlsTransport(_listener.Identity, new TransportOptions());
        _accepting = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = _server.RunAsync(_accepting, _stopping.Token);
        _online = _listener.Channel.AccessPoint().Session();
        var online = new ClientOnline { ListenPort = _accepting.EndPoint.Port };
        await _online.RequestStream.WriteAsync(new ClientNotice { Online = online });
        Assert.NotNull(await _online.NextAsync());
        await _online.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });
    }
}
