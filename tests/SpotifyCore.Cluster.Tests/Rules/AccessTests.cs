using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Client;
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Cluster.Tests.Rules;

/// <summary>Who is not logged in gets neither key nor chunk, and nobody gets them with another's ticket.</summary>
[Collection(SharedClusterGroup.Name)]
public sealed class AccessTests(SharedCluster shared)
{
    [Fact]
    public async Task Call_WithoutASession_IsUnauthenticated()
    {
        using var stranger = RawListener.Stranger(shared.Cluster);
        var track = shared.TrackOf(SharedCluster.Piece);
        var file = new FindPeersRequest { File = ByteString.CopyFrom(new byte[FileId.Size]) };
        var key = new DeriveKeyRequest { PlaintextHash = ByteString.CopyFrom(new byte[32]) };

        var channel = stranger.Channel;
        Func<Task>[] calls =
        [
            () => stranger.OpenAsync(track),
            () => channel.AccessPoint().SearchAsync(new SearchRequest { Query = "a" }).ResponseAsync,
            () => channel.AccessPoint().FindPeersAsync(file).ResponseAsync,
            () => channel.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest()).ResponseAsync,
            () => channel.Librarian().DeriveKeyAsync(key).ResponseAsync,
        ];
        foreach (var call in calls)
            await RefusesAsync(StatusCode.Unauthenticated, call);
    }

    [Fact]
    public async Task Call_OfAListenerToTheLibrarian_IsDenied()
    {
        using var listener = await RawListener.LogInAsync(shared.Cluster, "anna");
        var key = new DeriveKeyRequest { PlaintextHash = ByteString.CopyFrom(new byte[32]) };

        await RefusesAsync(StatusCode.PermissionDenied, () =>
            listener.Channel.Librarian().DeriveKeyAsync(key).ResponseAsync);
        await RefusesAsync(StatusCode.PermissionDenied, () =>
            listener.Channel.Librarian().GetMastersAsync(new GetMastersRequest()).ResponseAsync);
    }

    [Fact]
    public async Task Play_WithoutALogin_FailsWithAReason()
    {
        await using var client = await SpotifyClient.StartAsync(shared.Cluster.ClientOptions("null-fast"));

        await Assert.ThrowsAsync<AccessDeniedException>(() => client.SearchAsync("fresh"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => client.LogInAsync("anna", "wrong"));
        var track = shared.TrackOf(SharedCluster.Piece);
        var refused = await Assert.ThrowsAsync<PlaybackException>(() => client.PlayAsync(track));
        Assert.NotEmpty(refused.Message);
    }

    [Fact]
    public async Task Connect_WithoutOrWithAnothersTicket_IsRefusedByNodesAndPeers()
    {
        using var anna = await RawListener.LogInAsync(shared.Cluster, "anna");
        using var stranger = RawListener.Stranger(shared.Cluster);
        await using var peer = await SpotifyClient.StartAsync(shared.Cluster.ClientOptions("null-fast"));
        await peer.LogInAsync("bertil", TestCluster.Password);
        NodeAddress[] all =
        [
            .. shared.Cluster.Storage.Concat(shared.Cluster.Masters).Select(static node => node.Address),
            new(peer.Id, "127.0.0.1", peer.ListenPort),
        ];
        foreach (var address in all)
        {
            await using var welcome = await anna.ConnectAsync(address, anna.Ticket);
            Assert.True(welcome.IsAlive);
            await TurnsAwayAsync(ProtocolCode.TicketMissing, () => stranger.ConnectAsync(address, []));
            await TurnsAwayAsync(ProtocolCode.TicketNotYours, () => stranger.ConnectAsync(address, anna.Ticket));
            var altered = (byte[])anna.Ticket.Clone();
            altered[^1] ^= 1;
            await TurnsAwayAsync(ProtocolCode.TicketInvalid, () => anna.ConnectAsync(address, altered));
        }
    }

    private static async Task RefusesAsync(StatusCode code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);

    private static async Task TurnsAwayAsync(ProtocolCode code, Func<Task<ChunkClient>> connect) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ProtocolException>(connect)).Code);
}
