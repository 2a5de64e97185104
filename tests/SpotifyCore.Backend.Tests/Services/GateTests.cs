using System.Security.Cryptography;
using Google.Protobuf;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Backend.Tests.Services;

public sealed class GateTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    private static readonly Dictionary<string, Func<RpcChannel, Task>> AnySession = new(StringComparer.Ordinal)
    {
        ["LogOut"] = channel => channel.UnaryAsync(AccessPointMethods.LogOut, new LogOutRequest()),
        ["RefreshTicket"] = channel => channel.UnaryAsync(AccessPointMethods.RefreshTicket, new RefreshTicketRequest()),
        ["Search"] = channel => channel.UnaryAsync(AccessPointMethods.Search, new SearchRequest { Query = "x" }),
        ["GetTrack"] = channel => channel.UnaryAsync(AccessPointMethods.GetTrack, new GetTrackRequest { Track = "x" }),
        ["GetAlbum"] = channel => channel.UnaryAsync(AccessPointMethods.GetAlbum, new GetAlbumRequest { Album = "x" }),
        ["GetCover"] = async channel =>
        {
            await using var cover = channel.ServerStreaming(
                AccessPointMethods.GetCover, new GetCoverRequest { Cover = "x" });
            await foreach (var _ in cover.ReadAllAsync())
                continue;
        },
    };

    private static readonly Dictionary<string, Func<RpcChannel, Task>> Listening = new(StringComparer.Ordinal)
    {
        ["OpenTrack"] = channel =>
            channel.UnaryAsync(AccessPointMethods.OpenTrack, new OpenTrackRequest { Track = "x" }),
        ["FindPeers"] = channel => channel.UnaryAsync(AccessPointMethods.FindPeers, new FindPeersRequest()),
        ["Session"] = async channel =>
        {
            await using var session = channel.Duplex(AccessPointMethods.Session);
            await session.ReadAsync();
        },
    };

    private static readonly Dictionary<string, Func<RpcChannel, Task>> Importing = new(StringComparer.Ordinal)
    {
        ["GetMasters"] = channel => channel.UnaryAsync(LibrarianMethods.GetMasters, new GetMastersRequest()),
        ["FindSource"] = channel => channel.UnaryAsync(LibrarianMethods.FindSource, new FindSourceRequest()),
        ["DeriveKey"] = channel => channel.UnaryAsync(
            LibrarianMethods.DeriveKey,
                new DeriveKeyRequest { PlaintextHash = ByteString.CopyFrom(SHA256.HashData([])) }),
        ["AddTrack"] = channel => channel.UnaryAsync(LibrarianMethods.AddTrack, new AddTrackRequest()),
    };

    [Fact]
    public void Calls_AreAllCoveredHere()
    {
        string[] open = ["GetLoginChallenge", "Login", "GetTicketKeys"];
        var tested = AnySession.Keys.Concat(Listening.Keys).Concat(Importing.Keys).Concat(open);
        var contract = AccessPointReflection.Descriptor.Services[0].Methods
            .Concat(LibrarianReflection.Descriptor.Services[0].Methods).Select(method => method.Name);

        Assert.Equal(contract.Order(), tested.Order());
    }

    [Fact]
    public async Task Call_WithoutOrWithAWrongSession_IsUnauthenticated()
    {
        string?[] sessions = [null, "", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"];
        foreach (var session in sessions)
        {
            using var channel = backend.Connect(session);
            foreach (var call in AnySession.Values.Concat(Listening.Values).Concat(Importing.Values))
                await RpcAssert.FailsAsync(RpcStatusCode.Unauthenticated, () => call(channel));
        }
    }

    [Fact]
    public async Task Call_WithAnotherScheme_IsUnauthenticated()
    {
        var login = await backend.LoginAsync("ann", 1);
        using var channel = backend.Connect();
        channel.DefaultMetadata = new RpcMetadata { { "authorization", $"Basic {login.Session}" } };

        await RpcAssert.FailsAsync(RpcStatusCode.Unauthenticated, () => AnySession["Search"](channel));
    }

    [Fact]
    public async Task Call_WithTheWrongRole_IsDenied()
    {
        using var listener = await backend.ConnectAsync("ann");
        using var import = await backend.ConnectAsync("import");

        foreach (var call in Importing.Values)
            await RpcAssert.FailsAsync(RpcStatusCode.PermissionDenied, () => call(listener));
        foreach (var call in Listening.Values)
            await RpcAssert.FailsAsync(RpcStatusCode.PermissionDenied, () => call(import));
    }
}
