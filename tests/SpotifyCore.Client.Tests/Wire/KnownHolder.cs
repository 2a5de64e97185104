using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>A listener of whom the tracker tells that it holds a track, and who does what a test has it do.</summary>
internal sealed class KnownHolder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndpointChannel _channel;
    private AsyncDuplexStreamingCall<ClientNotice, ServerNotice>? _session;
    private ReadOnlyMemory<byte> _ticket;

    private KnownHolder(string url, NodeIdentity identity)
    {
        _channel = new EndpointChannel(new EndpointChannelOptions { Address = url });
        Identity = identity;
    }

    public NodeIdentity Identity { get; }

    public static async Task<KnownHolder> StartAsync(TestNetwork network, NodeIdentity identity, Tune tune)
    {
        var holder = new KnownHolder(network.Url, identity);
        await holder.AnnounceAsync(tune);
        await Eventually.TrueAsync(() => network.Press.IsToldOfAsync(tune, identity.Id), "the holder is known");
        return holder;
    }

    /// <summary>Accepts the next connection of a desktop and reads its hello.</summary>
    public Task<RawDesktopPeer> AcceptAsync() => RawDesktopPeer.AcceptAsync(_listener, Identity, _ticket);

    /// <summary>Connects to a desktop and says nothing yet.</summary>
    public Task<RawDesktopPeer> DialAsync(SpotifyClient desktop) =>
        RawDesktopPeer.DialAsync(desktop, Identity, _ticket);

    public ValueTask DisposeAsync()
    {
        _session?.Dispose();
        _listener.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AnnounceAsync(Tune tune)
    {
        _listener.Start();
        var login = await TestPress.LogInAsync(_channel, Identity, TestNetwork.Listener);
        _channel.Session = login.Session;
        _ticket = login.Ticket.Ticket_.Memory;
        var file = new byte[FileId.Size];
        tune.Manifest.File.Write(file);
        _session = _channel.AccessPoint().Session();
        var online = new ClientOnline { ListenPort = ((IPEndPoint)_listener.LocalEndpoint).Port };
        await _session.RequestStream.WriteAsync(new ClientNotice { Online = online });
        var held = new FileHeld { File = ByteString.CopyFrom(file) };
        await _session.RequestStream.WriteAsync(new ClientNotice { Held = held });
    }
}
