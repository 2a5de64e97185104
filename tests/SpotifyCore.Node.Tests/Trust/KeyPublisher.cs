using Google.Protobuf;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Server;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Node.Tests.Trust;

/// <summary>An access point that publishes ticket keys and refuses everything else.</summary>
internal static class KeyPublisher
{
    public static Task<RpcServer> StartAsync(string address, Func<IReadOnlyDictionary<uint, byte[]>> keys) =>
        RpcServer.StartAsync(
            new RpcServerOptions { Address = address },
            new RpcServiceBuilder(AccessPointReflection.Descriptor.Services[0])
                .Unary<GetTicketKeysRequest, TicketKeys>("GetTicketKeys", (_, _) => Task.FromResult(Publish(keys())))
                .Unary<GetLoginChallengeRequest, LoginChallenge>(
                    "GetLoginChallenge", Refuse<GetLoginChallengeRequest, LoginChallenge>)
                .Unary<LoginRequest, LoginReply>("Login", Refuse<LoginRequest, LoginReply>)
                .Unary<LogOutRequest, LogOutReply>("LogOut", Refuse<LogOutRequest, LogOutReply>)
                .Unary<RefreshTicketRequest, Ticket>("RefreshTicket", Refuse<RefreshTicketRequest, Ticket>)
                .Unary<SearchRequest, SearchReply>("Search", Refuse<SearchRequest, SearchReply>)
                .Unary<GetTrackRequest, Track>("GetTrack", Refuse<GetTrackRequest, Track>)
                .Unary<GetAlbumRequest, Album>("GetAlbum", Refuse<GetAlbumRequest, Album>)
                .Unary<OpenTrackRequest, OpenedTrack>("OpenTrack", Refuse<OpenTrackRequest, OpenedTrack>)
                .Unary<FindPeersRequest, PeerList>("FindPeers", Refuse<FindPeersRequest, PeerList>)
                .ServerStreaming<GetCoverRequest, CoverPart>("GetCover", static (_, _, _) => throw Refusal())
                .Duplex<ClientNotice, ServerNotice>("Session", static (_, _, _) => throw Refusal())
                .Build());

    private static TicketKeys Publish(IReadOnlyDictionary<uint, byte[]> keys)
    {
        var published = new TicketKeys();
        foreach (var (id, key) in keys)
            published.Keys.Add(new TicketKey { Id = id, PublicKey = ByteString.CopyFrom(key) });

        return published;
    }

    private static Task<TReply> Refuse<TRequest, TReply>(TRequest request, RpcServerCall call) => throw Refusal();

    private static RpcException Refusal() => new(RpcStatusCode.Unimplemented, "not here");
}
