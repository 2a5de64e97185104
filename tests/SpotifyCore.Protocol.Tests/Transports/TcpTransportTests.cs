using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Tests.Transports;

public sealed class TcpTransportTests : TransportContractTests
{
    private protected override ITransport Client { get; } = new TcpTransport(new TransportOptions());

    private protected override ITransport Server => Client;

    private protected override PeerId? ServerId => null;

    [Fact]
    public async Task Connect_Plain_ProvesNobody()
    {
        var (near, far) = await OpenAsync();

        Assert.Null(near.RemoteId);
        Assert.Null(far.RemoteId);
        await DisposeAsync(near, far);
    }
}
