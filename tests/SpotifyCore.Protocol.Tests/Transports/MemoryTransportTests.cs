using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Tests.Transports;

public sealed class MemoryTransportTests : TransportContractTests
{
    private static readonly MemoryNetwork Network = new();

    private protected override ITransport Client { get; } = new MemoryTransport(Network, new PeerId(1));

    private protected override ITransport Server { get; } = new MemoryTransport(Network, new PeerId(2));

    private protected override PeerId? ServerId => new PeerId(2);

    [Fact]
    public async Task Connect_WithIds_ProvesThem()
    {
        var (near, far) = await OpenAsync();

        Assert.Equal((new PeerId(2), new PeerId(1)), (near.RemoteId, far.RemoteId));
        await Assert.ThrowsAsync<IOException>(
            () => Client.ConnectAsync(Address with { Id = new PeerId(3) }).AsTask());
        await DisposeAsync(near, far);
    }
}
