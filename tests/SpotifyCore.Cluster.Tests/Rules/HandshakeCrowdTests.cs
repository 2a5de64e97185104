using System.Net;
using System.Net.Sockets;
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Cluster.Tests.Rules;

/// <summary>A crowd that connects to a storage node, says nothing, and comes again whenever it is closed.</summary>
[Collection(SharedClusterGroup.Name)]
public sealed class HandshakeCrowdTests(SharedCluster shared)
{
    private const int Crowd = 240;
    private const int Addresses = 8;
    private const int Listeners = 10;

    [Fact]
    public async Task Connect_SilentCrowdOfEightAddresses_EveryNewListenerGetsHisChunk()
    {
        var node = shared.Cluster.Storage[0].Address;
        using var anna = await RawListener.LogInAsync(shared.Cluster, "anna");
        var manifest = RawListener.ManifestOf(await anna.OpenAsync(shared.TrackOf(SharedCluster.Piece)));
        using var ending = new CancellationTokenSource();
        var crowd = Enumerable.Range(0, Crowd).Select(place => StayAsync(node, place, ending.Token)).ToArray();

        for (var i = 0; i < Listeners; i++)
            await FetchAsync(anna, node, manifest);

        await ending.CancelAsync();
        await Task.WhenAll(crowd);
    }

    private static async Task FetchAsync(RawListener listener, NodeAddress node, Manifest manifest)
    {
        await using var client = await listener.ConnectAsync(node, listener.Ticket);
        var chunk = new byte[Manifest.ChunkSize];
        var request = new ChunkRequest(manifest.File, 0, 1, RequestPriority.Playing, Instant.Never);
        var result = await client.ReadAsync(request, manifest, chunk);
        Assert.True(ChunkVerifier.Matches(manifest, 0, chunk.AsSpan(0, result.Length)));
    }

    private static async Task StayAsync(NodeAddress node, int place, CancellationToken ending)
    {
        var received = new byte[1];
        while (!ending.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (place % Addresses))]), 0));
            try
            {
                await socket.ConnectAsync(node.Host, node.Port, ending);
                await socket.ReceiveAsync(received, ending);
            }
            catch (Exception over) when (over is SocketException or OperationCanceledException)
            {
                // Closed with a reset, or the test is over.
            }
        }
    }
}
