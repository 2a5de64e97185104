using System.Net;
using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>A listener that is said to hold a track, and sends half of the first chunk that it is asked for.</summary>
internal sealed class PretendedHolder : IAsyncDisposable
{
    private readonly NodeIdentity _identity = NodeIdentity.Create();
    private readonly EndpointChannel _channel;
    private readonly Tune _tune;
    private readonly List<Task> _serving = [];
    private AsyncDuplexStreamingCall<ClientNotice, ServerNotice>? _session;
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private byte[] _ticket = [];
    private int _halves;

    private PretendedHolder(string url, Tune tune)
    {
        _channel = new EndpointChannel(new EndpointChannelOptions { Address = url });
        _tune = tune;
    }

    /// <summary>Halves of chunks that were sent.</summary>
    public int Halves => Volatile.Read(ref _halves);

    public static async Task<PretendedHolder> StartAsync(TestNetwork network, Tune tune)
    {
        var holder = new PretendedHolder(network.Url, tune);
        await holder.StartAsync();
        await Eventually.TrueAsync(() => network.Press.IsToldOfAsync(tune, holder._identity.Id), "the holder is known");
        return holder;
    }

    public async ValueTask DisposeAsync()
    {
        _session!.Dispose();
        await _listener!.DisposeAsync();
        await _accepting;
        await Task.WhenAll(_serving);
        _channel.Dispose();
        _identity.Dispose();
    }

    private async Task StartAsync()
    {
        var login = await TestPress.LogInAsync(_channel, _identity, TestNetwork.Listener);
        _channel.Session = login.Session;
        _ticket = login.Ticket.Ticket_.ToByteArray();
        var transport = new TlsTransport(_identity, new TransportOptions(), TimeProvider.System);
        _listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        _accepting = AcceptAsync(_listener);
        var file = new byte[FileId.Size];
        _tune.Manifest.File.Write(file);
        _session = _channel.AccessPoint().Session();
        await _session.RequestStream.WriteAsync(new ClientNotice { Online = new ClientOnline { ListenPort = _listener.EndPoint.Port } });
        await _session.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = ByteString.CopyFrom(file) } });
    }

    private async Task AcceptAsync(IConnectionListener listener)
    {
        while (await listener.AcceptAsync() is { } connection)
            _serving.Add(ServeAsync(new RawPeer(connection)));
    }

    private async Task ServeAsync(RawPeer peer)
    {
        await using var ending = peer;
        while (await peer.ReceiveAsync() is { } message)
        {
            switch (message.Kind)
            {
                case PeerMessageKind.Hello:
                    await peer.SendAsync(
                        PeerMessage.HelloReply(message.MaxVersion, PeerRole.Peer, 0, 64, _ticket.Length), _ticket);
                    break;
                case PeerMessageKind.HaveRequest:
                    await peer.SendAsync(PeerMessage.Have(message.Request, message.File, HaveKind.Whole));
                    break;
                case PeerMessageKind.ChunkRequest when Interlocked.Increment(ref _halves) == 1:
                    var half = _tune.Chunk(message.Chunk).Length / 2;
                    var piece = PeerMessage.ChunkPiece(
                        message.Request, message.Chunk, Tier.Cache, 0, (uint)_tune.Chunk(message.Chunk).Length, half);
                    await peer.SendAsync(piece, _tune.Chunk(message.Chunk)[..half].ToArray());
                    break;
            }
        }
    }
}
