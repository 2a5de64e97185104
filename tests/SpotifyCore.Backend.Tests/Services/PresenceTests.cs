using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;
using static SpotifyCore.Backend.Tests.Services.OnlineCalls;

namespace SpotifyCore.Backend.Tests.Services;

public sealed class PresenceTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Session_Holder_IsFoundUntilItsStreamEnds()
    {
        var file = await AddTrackAsync(seed: 20);
        using var ann = await backend.ConnectAsync("ann", peer: 21);
        using var bob = await backend.ConnectAsync("bob", peer: 22);
        using var online = await GoOnlineAsync(ann, port: 4_001, site: "stockholm");
        await online.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });

        var peer = Assert.Single(await FindAsync(bob, file, count: 1));

        Assert.Equal(
            (BackendFixture.Peer(21), "127.0.0.1", 4_001, "stockholm"), (peer.Id, peer.Host, peer.Port, peer.Site));
        Assert.Empty(await FindAsync(ann, file, count: 0));
        await online.RequestStream.CompleteAsync();
        Assert.Null(await ReadToEndAsync(online));
        Assert.Empty(await FindAsync(bob, file, count: 0));
    }

    [Fact]
    public async Task Session_CalledOff_IsTheSameAsLeaving()
    {
        var file = await AddTrackAsync(seed: 23);
        using var bob = await backend.ConnectAsync("bob", peer: 22);
        using var ann = await backend.ConnectAsync("ann", peer: 24);
        var online = await GoOnlineAsync(ann, port: 4_002);
        await online.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });
        Assert.Single(await FindAsync(bob, file, count: 1));

        online.Dispose();

        Assert.Empty(await FindAsync(bob, file, count: 0));
    }

    [Fact]
    public async Task Session_SecondOfAClient_EndsTheFirstAndStays()
    {
        var file = await AddTrackAsync(seed: 37);
        using var ann = await backend.ConnectAsync("ann", peer: 38);
        using var bob = await backend.ConnectAsync("bob", peer: 22);
        using var first = await GoOnlineAsync(ann, port: 4_010);

        using var second = await GoOnlineAsync(ann, port: 4_011);

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(first).WaitAsync(Patience));
        await second.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });
        Assert.Equal(4_011, Assert.Single(await FindAsync(bob, file, count: 1)).Port);
    }

    // The server's own patience with a request that sends nothing is five seconds.
    [Fact]
    [Trait("Length", "long")]
    public async Task Session_SilentForLong_StaysOpen()
    {
        using var ann = await backend.ConnectAsync("ann", peer: 27);
        using var online = await GoOnlineAsync(ann, port: 4_009);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(12));

        var ended = await Record.ExceptionAsync(async () =>
        {
            while (await online.ResponseStream.MoveNext(enough.Token))
            {
                // Tickets.
            }
        });

        Assert.True(enough.IsCancellationRequested, ended?.Message);
    }

    [Fact]
    public async Task Session_Dropped_IsNotFound()
    {
        var file = await AddTrackAsync(seed: 25);
        using var ann = await backend.ConnectAsync("ann", peer: 26);
        using var bob = await backend.ConnectAsync("bob", peer: 22);
        using var online = await GoOnlineAsync(ann, port: 4_003);
        await online.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });
        Assert.Single(await FindAsync(bob, file, count: 1));

        await online.RequestStream.WriteAsync(new ClientNotice { Dropped = new FileDropped { File = file } });

        Assert.Empty(await FindAsync(bob, file, count: 0));
    }

    [Fact]
    public async Task OpenTrack_ByAnOnlineClient_MakesItAPlayer()
    {
        var request = TestTracks.Request(27, "Played", bits: 160_000);
        using var import = await backend.ConnectAsync("import");
        await import.Librarian().AddTrackAsync(request);
        using var ann = await backend.ConnectAsync("ann", peer: 28);
        using var bob = await backend.ConnectAsync("bob", peer: 29);
        using var annOnline = await GoOnlineAsync(ann, port: 4_004, site: "london");
        using var bobOnline = await GoOnlineAsync(bob, port: 0, site: "london");

        var opening = new OpenTrackRequest { Track = request.Track, Reason = OpenReason.Wanted };
        var first = await ann.AccessPoint().OpenTrackAsync(opening);
        var second = await bob.AccessPoint().OpenTrackAsync(opening);
        var third = await ann.AccessPoint().OpenTrackAsync(opening);

        Assert.Empty(first.Peers);
        Assert.Equal(BackendFixture.Peer(28), Assert.Single(second.Peers).Id);
        Assert.Empty(third.Peers);
        Assert.Equal(["london", "stockholm"], first.Nodes.Select(node => node.Site));
    }

    [Fact]
    public async Task Session_HoldingWhatNobodyKnows_IsNotNoted()
    {
        var file = ByteString.CopyFrom(new byte[FileId.Size]);
        using var ann = await backend.ConnectAsync("ann", peer: 30);
        using var bob = await backend.ConnectAsync("bob", peer: 22);
        using var online = await GoOnlineAsync(ann, port: 4_005);
        await online.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });
        await online.RequestStream.CompleteAsync();
        Assert.Null(await ReadToEndAsync(online));

        Assert.Empty((await bob.AccessPoint().FindPeersAsync(new FindPeersRequest { File = file })).Peers);
    }

    [Fact]
    public async Task Session_LanHosts_AreToldToWhoIsSeenAtTheSameAddressAlone()
    {
        var file = await AddTrackAsync(seed: 33);
        using var ann = await backend.ConnectAsync("ann", peer: 34);
        using var bob = await backend.ConnectAsync("bob", peer: 35);
        var place = new ClientOnline { ListenPort = 4_006, LanHosts = { "192.168.7.2", "10.1.2.3" }, LanPort = 4_371 };
        using var online = await GoOnlineAsync(ann, place);
        await online.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });

        var before = Assert.Single(await FindAsync(bob, file, count: 1));
        using var bobOnline = await GoOnlineAsync(bob, port: 0);
        var near = Assert.Single(await FindAsync(bob, file, count: 1));

        // Where somebody is who is not online, nobody knows.
        Assert.Equal((false, 0, 0), (before.SameLan, before.LanHosts.Count, before.LanPort));
        Assert.Equal((true, 4_006, 4_371), (near.SameLan, near.Port, near.LanPort));
        Assert.Equal(place.LanHosts, near.LanHosts);
    }

    [Theory]
    [InlineData("8.8.8.8", 4_371)]
    [InlineData("127.0.0.1", 4_371)]
    [InlineData("printer.local", 4_371)]
    [InlineData("192.168.7.2", 0)]
    [InlineData("192.168.7.2", 65_536)]
    public async Task Session_LanHostsThatAreNone_AreRefused(string host, int port)
    {
        using var ann = await backend.ConnectAsync("ann", peer: 36);

        var place = new ClientOnline { ListenPort = 4_007, LanHosts = { host }, LanPort = port };

        await RefusedAsync(ann, new ClientNotice { Online = place });
    }

    [Fact]
    public async Task Session_WrongNotices_AreRefused()
    {
        using var ann = await backend.ConnectAsync("ann", peer: 32);
        var online = new ClientNotice { Online = new ClientOnline { ListenPort = 5 } };
        var held = new ClientNotice { Held = new FileHeld { File = ByteString.CopyFrom(new byte[16]) } };

        await RefusedAsync(ann, held);
        await RefusedAsync(ann, new ClientNotice());
        await RefusedAsync(ann, new ClientNotice { Online = new ClientOnline { ListenPort = 65_536 } });
        await RefusedAsync(ann, new ClientNotice { Online = new ClientOnline { Site = new string('x', 65) } });
        await RefusedAsync(ann, online, online);
        await RefusedAsync(ann, online, new ClientNotice { Held = new FileHeld { File = ByteString.CopyFrom(1) } });
    }

    private static async Task RefusedAsync(EndpointChannel channel, params ClientNotice[] notices)
    {
        using var call = channel.AccessPoint().Session();
        foreach (var notice in notices)
            await call.RequestStream.WriteAsync(notice);

        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => ReadToEndAsync(call));
    }

    /// <summary>Asks until as many peers are told as expected: notices travel beside the asking.</summary>
    private static async Task<IReadOnlyList<Peer>> FindAsync(EndpointChannel channel, ByteString file, int count)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = await channel.AccessPoint().FindPeersAsync(new FindPeersRequest { File = file });
            if (found.Peers.Count == count || TimeProvider.System.GetElapsedTime(until) > Patience)
                return found.Peers;

            await Task.Yield();
        }
    }

    private async Task<ByteString> AddTrackAsync(int seed)
    {
        using var import = await backend.ConnectAsync("import");
        var request = TestTracks.Request(seed, $"Track {seed}", bits: 160_000);
        await import.Librarian().AddTrackAsync(request);
        return ByteString.CopyFrom(TestTracks.FileIdOf(request.Files[0]));
    }
}
