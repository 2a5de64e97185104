using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Wire;

/// <summary>
/// What the specification says of channels to whoever writes a node, shown to a client by TLS made by hand:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>an initiator hangs up on any other id than that which must be there</term>
/// <description><see cref="Connect_AnotherIdThanExpected_HangsUpWithoutAHello"/></description></item>
/// </list>
/// </summary>
public sealed class ClientChannelTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connect_AnotherIdThanExpected_HangsUpWithoutAHello(bool isExpected)
    {
        using var node = NodeIdentity.Create();
        using var other = NodeIdentity.Create();
        using var self = NodeIdentity.Create();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var expected = isExpected ? node.Id : other.Id;
        var address = new NodeAddress(expected, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        var connecting = ChunkClient.ConnectAsync(
            new TlsTransport(self, PatientTransport.Options), address, new byte[Ticket.Size]).AsTask();

        var frame = await HelloOrNothingAsync(listener, node);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => connecting);
        Assert.Equal(isExpected ? "SCP1" : "", frame is null ? "" : Encoding.ASCII.GetString(frame, 10, 4));
        Assert.Equal(!isExpected, failure.Message.StartsWith("Somebody else", StringComparison.Ordinal));
    }

    private static async Task<byte[]?> HelloOrNothingAsync(TcpListener listener, NodeIdentity node)
    {
        try
        {
            await using var dialogue = new WireDialogue(await RawTls.AcceptAsync(listener, node.Certificate));
            return await dialogue.TryReadFrameAsync();
        }
        catch (Exception hungUp) when (hungUp is IOException or AuthenticationException)
        {
            // The handshake itself need not end well.
            return null;
        }
    }
}
