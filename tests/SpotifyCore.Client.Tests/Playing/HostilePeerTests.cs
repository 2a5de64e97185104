using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>
/// Peers that stall, flood or crowd, on real sockets: the listener hears every sample all the same. Whether in time is
/// for the core's tests, on virtual time: here it is the machine's affair.
/// </summary>
[Collection(PeersGroup.Name)]
public sealed class HostilePeerTests(TestNetwork network)
{
    [Fact]
    public async Task Play_PeerStallsInTheMiddleOfAChunk_IsExactAllTheSame()
    {
        var tune = await network.Press.MakeAsync("Half a chunk", 100, seed: 100);
        await using var peer = await PretendedHolder.StartAsync(network, tune);
        var wav = network.Folder("half.wav");
        var options = TestClient.Options(network, "half", $"wav:{wav}");
        options.Core.Downloads.GiveUpAfter = TimeSpan.FromMinutes(1);
        await using (var client = await TestClient.StartAsync(options))
        {
            var play = await client.HearWithoutStorageUntilAsync(
                tune, network, () => peer.Halves > 0, "half a chunk was sent");
            Assert.Equal((true, 0L), (play.Ended, play.Bytes.Peers));
        }

        Assert.Equal(tune.Heard, WavFile.Read(wav));
    }

    [Fact]
    public async Task Play_PeersFloodSearches_GoesOnAndTheyAreClosed()
    {
        var tune = await network.Press.MakeAsync("In the flood", 8, seed: 101);
        var wanted = new Content.Identity.FileId(77);
        await using var client = await TestClient.StartAsync(network, "flood", "null");
        var peers = new List<RawPeer>();
        for (var i = 0; i < 3; i++)
            peers.Add(await RawPeer.ConnectAsync(network, client.Client));

        var flooding = Task.WhenAll(peers.Select((peer, place) => peer.FloodAsync(
            sent => PeerMessage.Search(((ulong)place << 32) | (uint)sent, wanted, 1), 50_000)));
        var play = await client.HearAsync(tune);
        await flooding;

        Assert.Equal((true, tune.Manifest.Samples), (play.Ended, play.Samples));
        foreach (var peer in peers)
        {
            while (await peer.ReceiveAsync() is not null)
                continue;

            await peer.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false, 1_000)]
    [InlineData(true, 150)]
    public async Task Play_OneHostOpensManyConnections_GoesOnAndOthersGetIn(bool byTls, int count)
    {
        var tune = await network.Press.MakeAsync($"In the crowd {byTls}", 8, seed: byTls ? 103 : 102);
        var options = TestClient.Options(network, $"crowd {byTls}", "null");
        await using var client = await TestClient.StartAsync(options);
        using var ending = new CancellationTokenSource();
        using var identity = NodeIdentity.Create();
        var sockets = new List<Socket>();
        try
        {
            var playing = client.HearAsync(tune);
            var crowding = CrowdAsync(client.Client.ListenPort, count, sockets, byTls ? identity : null, ending.Token);

            // Somebody else, from another address, is let in meanwhile.
            await using var other = await RawPeer.ConnectAsync(network, client.Client);
            await other.SendAsync(PeerMessage.RequestHave(1, tune.Manifest.File));
            Assert.NotNull(await other.ReceiveAsync());

            var play = await playing;
            Assert.Equal((true, tune.Manifest.Samples), (play.Ended, play.Samples));
            await ending.CancelAsync();
            await crowding;
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
        }
    }

    [Fact]
    public async Task Accept_OneAccountUnderManyKeys_HasAFewNeighboursAndAnotherIsServed()
    {
        var tune = await network.Press.MakeAsync("Under many names", 8, seed: 104);
        await using var giver = await TestClient.StartAsync(network, "many names");
        await giver.HearAsync(tune);
        await network.WhenHeldAsync(tune, giver);
        network.AddListener("legion", TestNetwork.Password);
        var crowd = new List<RawPeer>();
        for (var i = 0; i < 20; i++)
            crowd.Add(await RawPeer.ConnectAsync(network, giver.Client, "legion"));

        await Eventually.TrueAsync(
            async () => (await giver.Client.GetUploadsAsync()).Peers.Count == 8, "it has the eight of an account");
        await using var other = await RawPeer.ConnectAsync(network, giver.Client);
        await other.FetchAsync(tune, first: 0, count: 4);

        var peers = (await giver.Client.GetUploadsAsync()).Peers.Select(static peer => peer.Peer).ToHashSet();
        Assert.Equal(9, peers.Count);
        Assert.Contains(other.Id, peers);
        foreach (var peer in crowd)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Accept_PlacesTakenBySilence_OneOfThemGoesForAnother()
    {
        var options = TestClient.Options(network, "silent crowd", "null");
        options.MaxConnections = 2;
        await using var client = await TestClient.StartAsync(options);
        using var identity = NodeIdentity.Create();
        var sockets = new List<Socket>();
        try
        {
            // As many as there are places, the nodes' among them.
            await CrowdAsync(client.Client.ListenPort, 6, sockets, identity, CancellationToken.None);

            await using var other = await RawPeer.ConnectAsync(network, client.Client);
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Accept_PlacesTakenByTheTurnedAwayOrSilent_OneIsGoneAtOnceForAnother(bool turnedAway)
    {
        var options = TestClient.Options(network, $"lingering crowd {turnedAway}", "null");
        options.MaxConnections = 1;

        // Its clock stands: nobody is gone because his time is over.
        await using var client = await TestClient.StartAsync(options, logIn: false, new ManualTimeProvider());
        using var identity = NodeIdentity.Create();
        var crowd = new List<SslStream>();
        try
        {
            for (var i = 0; i < 5; i++)
            {
                crowd.Add(await DialAsync(client.Client.ListenPort, "127.0.0.2", identity));
                if (turnedAway)
                    await BeTurnedAwayAsync(crowd[i]);
            }

            await using var other = await DialAsync(client.Client.ListenPort, "127.0.0.1", identity);
            await BeTurnedAwayAsync(other);

            // Which one goes is by the order in which the client came to them, and that is not the order of the dialling.
            var ended = turnedAway ? null : Task.WhenAny(crowd.Select(ReadToEndAsync));
            await Eventually.TrueAsync(async () => ended?.IsCompleted ?? await IsOneGoneAsync(crowd));
        }
        finally
        {
            foreach (var stream in crowd)
                await stream.DisposeAsync();
        }
    }

    /// <summary>Says hello without a ticket, and reads what comes until the end.</summary>
    private static async Task BeTurnedAwayAsync(SslStream stream)
    {
        await stream.WriteAsync(Convert.FromHexString("0e0000000100000000005343503101000200010000004000"));
        await ReadToEndAsync(stream);
    }

    private static async Task ReadToEndAsync(SslStream stream)
    {
        try
        {
            while (await stream.ReadAsync(new byte[256]) > 0)
                continue;
        }
        catch (IOException)
        {
            // An end as well.
        }
    }

    /// <summary>Whether one of those that read to the end can't be written to any more.</summary>
    private static async Task<bool> IsOneGoneAsync(List<SslStream> streams)
    {
        try
        {
            foreach (var stream in streams)
                await stream.WriteAsync(new byte[1]);

            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async Task<SslStream> DialAsync(int port, string from, NodeIdentity identity)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return await GreetAsync(socket, identity, CancellationToken.None);
    }

    /// <summary>
    /// Opens connections from another loopback address and keeps them, silent, by TLS or not even that.
    /// </summary>
    private static async Task CrowdAsync(
        int port, int count, List<Socket> sockets, NodeIdentity? identity, CancellationToken ending)
    {
        for (var i = 0; i < count && !ending.IsCancellationRequested; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            sockets.Add(socket);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                await socket.ConnectAsync(IPAddress.Loopback, port, ending);
                if (identity is not null)
                    await GreetAsync(socket, identity, ending);
            }
            catch (Exception refused) when (refused is SocketException or IOException or OperationCanceledException)
            {
                // Turned away.
            }
        }
    }

    private static async Task<SslStream> GreetAsync(Socket socket, NodeIdentity identity, CancellationToken ending)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "spotifycore",
                ClientCertificates = [identity.Certificate],
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            },
            ending);
        return tls;
    }
}
