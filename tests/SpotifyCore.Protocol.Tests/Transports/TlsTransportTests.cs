using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Transports;

public sealed class TlsTransportTests : TransportContractTests
{
    private readonly NodeIdentity _near = NodeIdentity.Create();
    private readonly NodeIdentity _far = NodeIdentity.Create();

    public TlsTransportTests()
    {
        Client = new TlsTransport(_near, PatientTransport.Options);
        Server = new TlsTransport(_far, PatientTransport.Options);
    }

    private protected override ITransport Client { get; }

    private protected override ITransport Server { get; }

    private protected override PeerId? ServerId => _far.Id;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _near.Dispose();
        _far.Dispose();
    }

    [Fact]
    public async Task Connect_BothSides_ProveTheirKeys()
    {
        var (near, far) = await OpenAsync();

        Assert.Equal((_far.Id, _near.Id), (near.RemoteId, far.RemoteId));
        await DisposeAsync(near, far);
    }

    [Fact]
    public async Task Connect_SomebodyElseThere_IsAnIOException() => await Assert.ThrowsAsync<IOException>(
        () => Client.ConnectAsync(Address with { Id = _near.Id }).AsTask());

    [Fact]
    public async Task Connect_NoIdNamed_IsAnArgumentException() => await Assert.ThrowsAsync<ArgumentException>(
        () => Client.ConnectAsync(Address with { Id = null }).AsTask());

    [Fact]
    public async Task Accept_NoCertificateShown_IsDroppedAndOthersGoOn()
    {
        using var socket = await DialAsync();
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "spotifycore",
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            });
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // TLS 1.3 tells at the first read, TLS 1.2 in the handshake.
        }

        var (near, far) = await OpenAsync();
        await DisposeAsync(near, far);
    }

    [Fact]
    public async Task Accept_SlowHandshakes_DelayNobody()
    {
        var silent = new List<Socket>();
        for (var i = 0; i < 20; i++)
            silent.Add(await DialAsync());

        var (near, far) = await OpenAsync();

        await DisposeAsync(near, far);
        silent.ForEach(static socket => socket.Dispose());
    }

    [Fact]
    public async Task Accept_ManyHandshakesOfOneAddress_AreTurnedAwayAndOthersGoOn()
    {
        var options = new TransportOptions { MaxHandshakesPerAddress = 2 };
        await using var listener = await new TlsTransport(
            _far, options).ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var hello = await ClientHello.MakeAsync();
        var crowd = new List<Socket>();
        for (var i = 0; i < 3; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            crowd.Add(socket);
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
            await socket.ConnectAsync(listener.EndPoint);
            await socket.SendAsync(hello);

            // Two are answered; the third is closed.
            Assert.Equal(i < 2, await socket.ReceiveAsync(new byte[1]) > 0);
        }

        var accepting = listener.AcceptAsync();
        await using var other = await Client.ConnectAsync(
            new NodeAddress(_far.Id, "127.0.0.1", listener.EndPoint.Port));
        await using var accepted = await accepting;
        Assert.Equal(_near.Id, accepted!.RemoteId);
        crowd.ForEach(static socket => socket.Dispose());
    }

    [Fact]
    public async Task Accept_NothingSaid_IsDropped()
    {
        var options = new TransportOptions { FirstByteTimeout = TimeSpan.FromMilliseconds(50) };
        await using var listener = await new TlsTransport(
            _far, options).ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.EndPoint);

        Assert.Equal(0, await socket.ReceiveAsync(new byte[1]));
    }

    [Fact]
    public async Task Accept_NotTls_IsDropped()
    {
        using var socket = await DialAsync();
        await socket.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        Assert.InRange(await ReceiveAllAsync(socket), 0, 16);
        var (near, far) = await OpenAsync();
        await DisposeAsync(near, far);
    }

    private static async Task<int> ReceiveAllAsync(Socket socket)
    {
        var length = 0;
        try
        {
            while (await socket.ReceiveAsync(new byte[16]) is > 0 and var read)
                length += read;
        }
        catch (SocketException)
        {
            // Reset: dropped as well.
        }

        return length;
    }

    private async Task<Socket> DialAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Address.Host, Address.Port);
        return socket;
    }
}
