using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>A listener whom nobody can connect to gives all the same: it is asked to connect.</summary>
[Collection(PeersGroup.Name)]
public sealed class ReverseTests(TestNetwork network)
{
    [Fact]
    public async Task Play_HolderThatCannotBeReached_ConnectsByItself()
    {
        var tune = await network.Press.MakeAsync("The other way round", 60, seed: 110);

        // It is seen at another address than the one it listens at, as one behind a router is.
        var behind = TestClient.Options(network, "behind", "null-fast");
        behind.ListenAddress = "127.0.0.2";
        await using var holder = await TestClient.StartAsync(behind);
        await holder.HearAsync(tune);
        await network.WhenHeldAsync(tune, holder);
        await using var listener = await TestClient.StartAsync(network, "before", "null");

        await listener.Client.PlayAsync(tune.Id);

        await Eventually.TrueAsync(
            async () => (await listener.Client.GetUploadsAsync()).Peers.Any(peer => peer.Received > 0),
            "something came from the peer");
        var peer = Assert.Single((await listener.Client.GetUploadsAsync()).Peers, peer => peer.Received > 0);
        Assert.Equal(holder.Client.Id, peer.Peer);
        Assert.True(holder.Logged("wants to be connected to"));
        await listener.Client.StopAsync();
    }
}
