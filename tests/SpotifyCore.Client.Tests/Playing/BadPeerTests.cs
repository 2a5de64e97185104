using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>Playback does not notice peers that lie or are silent, and a client does not take too many.</summary>
[Collection(PeersGroup.Name)]
public sealed class BadPeerTests(TestNetwork network)
{
    [Theory]
    [InlineData(false, 50)]
    [InlineData(true, 51)]
    public async Task Play_PeerSendsWrongChunksOrNone_IsExactAllTheSame(bool stalls, int seed)
    {
        var tune = await network.Press.MakeAsync($"Bad peer {seed}", 100, seed);
        await using var peer = await BadPeer.StartAsync(network, tune, stalls);
        var wav = network.Folder($"bad{seed}.wav");
        var options = TestClient.Options(network, $"bad{seed}", $"wav:{wav}");
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromMinutes(1);
        await using (var client = await TestClient.StartAsync(options))
        {
            var play = await client.HearWithoutStorageUntilAsync(
                tune, network, () => peer.Asked > 0, "the peer is asked");
            Assert.Equal((true, 0L), (play.Ended, play.Bytes.Peers));
        }

        Assert.Equal(tune.Heard, WavFile.Read(wav));
    }

    [Fact]
    public async Task Connect_MorePeersThanTheLimit_AreTurnedAway()
    {
        var options = TestClient.Options(network, "limit", "null-fast");
        options.MaxConnections = 2;
        await using var client = await TestClient.StartAsync(options);
        var address = new Content.Identity.NodeAddress(client.Client.Id, "127.0.0.1", client.Client.ListenPort);
        var others = new List<ChunkClient>();
        var identities = new List<NodeIdentity>();
        try
        {
            for (var i = 0; i < 4; i++)
            {
                identities.Add(NodeIdentity.Create());
                var ticket = await network.Press.TicketAsync(identities[^1], TestNetwork.Listener);
                var transport = new TlsTransport(identities[^1], new TransportOptions(), TimeProvider.System);
                try
                {
                    others.Add(await ChunkClient.ConnectAsync(transport, address, ticket));
                }
                catch (IOException)
                {
                    // Turned away before the hello.
                }
            }

            await Eventually.TrueAsync(() => others.Count(other => other.IsAlive) == 2, "two are left");
        }
        finally
        {
            foreach (var other in others)
                await other.DisposeAsync();

            foreach (var identity in identities)
                identity.Dispose();
        }
    }
}
