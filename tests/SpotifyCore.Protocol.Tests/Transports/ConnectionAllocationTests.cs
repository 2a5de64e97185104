using System.Net;
using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Transports;

/// <summary>Sending and receiving cost no managed allocation, an empty wait included.</summary>
[Collection(AloneCollection.Name)]
public sealed class ConnectionAllocationTests
{
    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("memory")]
    public async Task SendAndReceive_Chunk_AllocatesNothing(string channel)
    {
        using var identity = NodeIdentity.Create();
        ITransport transport = channel switch
        {
            "tcp" => new TcpTransport(new TransportOptions()),
            "tls" => new TlsTransport(identity, PatientTransport.Options),
            _ => new MemoryTransport(new MemoryNetwork()),
        };
        PeerId? id = channel == "tls" ? identity.Id : null;
        await using var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var connecting = transport.ConnectAsync(new NodeAddress(id, "127.0.0.1", listener.EndPoint.Port)).AsTask();
        await using var far = (await listener.AcceptAsync())!;
        await using var near = await connecting;
        var sent = new byte[16 * 1024];
        var received = new byte[16 * 1024];

        // Off the test framework's context, whose every continuation allocates.
        await Task.Run(() => AllocationAssert.NoneAcrossThreadsAsync(ExchangeAsync));

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        async ValueTask ExchangeAsync()
        {
            var waiting = far.ReceiveAsync(Memory<byte>.Empty);
            await near.SendAsync(sent);
            await waiting;
            for (var length = 0; length < received.Length;)
                length += await far.ReceiveAsync(received.AsMemory(length));
        }
    }
}
