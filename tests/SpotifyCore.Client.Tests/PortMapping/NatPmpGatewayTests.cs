using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using SpotifyCore.Client.PortMapping;

namespace SpotifyCore.Client.Tests.PortMapping;

public sealed class NatPmpGatewayTests : IDisposable
{
    private readonly Socket _router = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly NatPmpGateway _gateway;

    public NatPmpGatewayTests()
    {
        _router.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _gateway = new NatPmpGateway(
            (IPEndPoint)_router.LocalEndPoint!, IPAddress.Loopback, TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public async Task Map_Router_GivesPortAndTime()
    {
        var asking = _gateway.MapAsync(4371, 4371, TimeSpan.FromHours(1), default);
        var request = await AnswerAsync(static request =>
        {
            var answer = new byte[16];
            (answer[1], answer[8], answer[9], answer[10], answer[11]) = (130, request[4], request[5], 0x12, 0x34);
            BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(12), 60);
            return answer;
        });

        Assert.Equal(new PortLease(0x1234, TimeSpan.FromSeconds(60)), await asking);
        Assert.Equal([0, 2, 0, 0, 0x11, 0x13, 0x11, 0x13, 0, 0, 0x0E, 0x10], request);
    }

    [Fact]
    public async Task FindExternalAddress_FirstAnswerLostOrForeign_AsksAgain()
    {
        var asking = _gateway.FindExternalAddressAsync(default);
        await AnswerAsync(static _ => [0, 99, 0, 0]);
        await AnswerAsync(static _ => [0, 128, 0, 0, 0, 0, 0, 1, 11, 22, 33, 44]);

        Assert.Equal(IPAddress.Parse("11.22.33.44"), await asking);
    }

    [Fact]
    public async Task Unmap_Router_IsAskedForNoTime()
    {
        var asking = _gateway.UnmapAsync(4371, 5000, default);
        var request = await AnswerAsync(static request => [0, 130, .. new byte[14]]);

        await asking;
        Assert.Equal([0, 2, 0, 0, 0x11, 0x13, 0, 0, 0, 0, 0, 0], request);
    }

    [Fact]
    public async Task Map_RouterRefuses_Throws()
    {
        var asking = _gateway.MapAsync(4371, 4371, TimeSpan.FromHours(1), default);
        await AnswerAsync(static _ => [0, 130, 0, 2, .. new byte[12]]);

        await Assert.ThrowsAsync<IOException>(() => asking);
    }

    [Fact]
    public async Task Map_NobodyThere_Throws()
    {
        _router.Dispose();

        await Assert.ThrowsAsync<IOException>(() => _gateway.MapAsync(4371, 4371, TimeSpan.FromHours(1), default));
    }

    public void Dispose() => _router.Dispose();

    private async Task<byte[]> AnswerAsync(Func<byte[], byte[]> answer)
    {
        var buffer = new byte[64];
        var asked = await _router.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
        var request = buffer[..asked.ReceivedBytes];
        await _router.SendToAsync(answer(request), asked.RemoteEndPoint);
        return request;
    }
}
