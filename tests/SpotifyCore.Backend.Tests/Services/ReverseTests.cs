using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>A client has a peer connect to it, through the access point.</summary>
public sealed class ReverseTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task Reverse_PeerOnline_IsToldWhereTheAskerIsSeen()
    {
        await using var ann = await OnlineClient.GoAsync(backend, "ann", 41, port: 5_001, site: "london");
        await using var bob = await OnlineClient.GoAsync(backend, "bob", 42);

        await ann.AskReverseAsync(42);

        var asked = (await bob.ReadReverseAsync()).Peer;
        Assert.Equal(
            (BackendFixture.Peer(41), "127.0.0.1", 5_001, "london"), (asked.Id, asked.Host, asked.Port, asked.Site));
    }

    [Fact]
    public async Task Reverse_PortChangedBefore_NamesTheNewPort()
    {
        await using var ann = await OnlineClient.GoAsync(backend, "ann", 43, port: 0);
        await using var bob = await OnlineClient.GoAsync(backend, "bob", 44);

        // Who takes no connections can't be connected to.
        await ann.AskReverseAsync(44);
        await ann.Call.RequestStream.WriteAsync(new ClientNotice { Port = new PortChanged { ListenPort = 5_002 } });
        await ann.AskReverseAsync(44);

        Assert.Equal(5_002, (await bob.ReadReverseAsync()).Peer.Port);
    }

    [Fact]
    public async Task Reverse_OverTheLimits_IsDropped()
    {
        var limits = new ReverseOptions();
        await using var ann = await OnlineClient.GoAsync(backend, "ann", 45, port: 5_003);
        await using var bob = await OnlineClient.GoAsync(backend, "bob", 46);
        await using var cid = await OnlineClient.GoAsync(backend, "cid", 47, port: 5_004);

        await ann.AskReverseAsync(46);
        await ann.AskReverseAsync(46);
        await ann.AskReverseAsync(45);
        await ann.AskReverseAsync(9_999);
        await ann.AskReverseAsync(47);
        await cid.ReadReverseAsync();
        backend.Time.Advance(limits.SamePause);
        await ann.AskReverseAsync(46);
        await ann.AskReverseAsync(47);
        await cid.ReadReverseAsync();
        await cid.AskReverseAsync(46);

        var ports = new[] { await bob.ReadReverseAsync(), await bob.ReadReverseAsync(), await bob.ReadReverseAsync() };
        Assert.Equal([5_003, 5_003, 5_004], ports.Select(static asked => asked.Peer.Port));
    }

    [Fact]
    public async Task Notice_WrongPeerOrPort_IsRefused()
    {
        var shortId = ByteString.CopyFrom(1, 2, 3);
        await RefusedAsync(new ClientNotice { Reverse = new ReverseWanted { Peer = shortId } });
        await RefusedAsync(new ClientNotice { Report = new PeerReport { Peer = shortId } });
        await RefusedAsync(new ClientNotice { Port = new PortChanged { ListenPort = -1 } });
    }

    [Fact]
    public async Task Report_BySeveralAccounts_PutsThePeerLast()
    {
        var request = TestTracks.Request(48, "Reported", bits: 160_000);
        using var import = await backend.ConnectAsync("import");
        await import.Librarian().AddTrackAsync(request);
        var file = ByteString.CopyFrom(TestTracks.FileIdOf(request.Files[0]));
        await using var bad = await OnlineClient.GoAsync(backend, "ann", 51, port: 5_005);
        await using var good = await OnlineClient.GoAsync(backend, "ann", 52, port: 5_006);
        await bad.HoldAsync(file);
        await good.HoldAsync(file);
        await Eventually.TrueAsync(async () => (await FindAsync()).Peers.Count == 2, "both are known to hold it");
        string[] accounts = ["bob", "cid", "dot"];
        var order = new List<ByteString>();
        foreach (var (account, peer) in accounts.Zip([53, 54, 55]))
        {
            await using var reporter = await OnlineClient.GoAsync(backend, account, peer);
            var report = new PeerReport { Peer = BackendFixture.Peer(51), Fault = PeerFault.WrongChunk };
            await reporter.Call.RequestStream.WriteAsync(new ClientNotice { Report = report });
            await reporter.Call.RequestStream.WriteAsync(new ClientNotice { Report = report });
            await reporter.SettleAsync();
        }

        // Being told of often puts a good peer behind others, but not behind a bad one.
        for (var i = 0; i < 4; i++)
            order.Add((await FindAsync()).Peers[0].Id);

        Assert.All(order, first => Assert.Equal(BackendFixture.Peer(52), first));

        async Task<PeerList> FindAsync()
        {
            using var channel = await backend.ConnectAsync("bob", 56);
            return await channel.AccessPoint().FindPeersAsync(new FindPeersRequest { File = file });
        }
    }

    private async Task RefusedAsync(ClientNotice notice)
    {
        await using var client = await OnlineClient.GoAsync(backend, "ann", 49);
        await client.Call.RequestStream.WriteAsync(notice);
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, async () =>
        {
            while (await client.Call.NextAsync() is not null)
                continue;
        });
    }
}
