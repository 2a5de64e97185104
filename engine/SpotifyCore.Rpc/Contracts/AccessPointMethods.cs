using Google.Protobuf.Reflection;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Contracts;

/// <summary>
/// The methods of the AccessPoint service:
/// what a client asks of the access point. The contract is access_point.proto.
/// </summary>
public static class AccessPointMethods
{
    private const string Service = "AccessPoint";

    private static FileDescriptor Contract => AccessPointReflection.Descriptor;

    /// <summary><see cref="GetLoginChallengeRequest"/> there, <see cref="LoginChallenge"/> back.</summary>
    public static RpcMethod<GetLoginChallengeRequest, LoginChallenge> GetLoginChallenge { get; } =
        RpcMethod.Unary<GetLoginChallengeRequest, LoginChallenge>(Contract, Service, "GetLoginChallenge");

    /// <summary><see cref="LoginRequest"/> there, <see cref="LoginReply"/> back.</summary>
    public static RpcMethod<LoginRequest, LoginReply> Login { get; } =
        RpcMethod.Unary<LoginRequest, LoginReply>(Contract, Service, "Login");

    /// <summary><see cref="LogOutRequest"/> there, <see cref="LogOutReply"/> back.</summary>
    public static RpcMethod<LogOutRequest, LogOutReply> LogOut { get; } =
        RpcMethod.Unary<LogOutRequest, LogOutReply>(Contract, Service, "LogOut");

    /// <summary><see cref="GetTicketKeysRequest"/> there, <see cref="TicketKeys"/> back.</summary>
    public static RpcMethod<GetTicketKeysRequest, TicketKeys> GetTicketKeys { get; } =
        RpcMethod.Unary<GetTicketKeysRequest, TicketKeys>(Contract, Service, "GetTicketKeys");

    /// <summary><see cref="RefreshTicketRequest"/> there, <see cref="Ticket"/> back.</summary>
    public static RpcMethod<RefreshTicketRequest, Ticket> RefreshTicket { get; } =
        RpcMethod.Unary<RefreshTicketRequest, Ticket>(Contract, Service, "RefreshTicket");

    /// <summary><see cref="SearchRequest"/> there, <see cref="SearchReply"/> back.</summary>
    public static RpcMethod<SearchRequest, SearchReply> Search { get; } =
        RpcMethod.Unary<SearchRequest, SearchReply>(Contract, Service, "Search");

    /// <summary><see cref="GetTrackRequest"/> there, <see cref="Track"/> back.</summary>
    public static RpcMethod<GetTrackRequest, Track> GetTrack { get; } =
        RpcMethod.Unary<GetTrackRequest, Track>(Contract, Service, "GetTrack");

    /// <summary><see cref="GetAlbumRequest"/> there, <see cref="Album"/> back.</summary>
    public static RpcMethod<GetAlbumRequest, Album> GetAlbum { get; } =
        RpcMethod.Unary<GetAlbumRequest, Album>(Contract, Service, "GetAlbum");

    /// <summary><see cref="GetCoverRequest"/> there, a stream of <see cref="CoverPart"/> back.</summary>
    public static RpcMethod<GetCoverRequest, CoverPart> GetCover { get; } =
        RpcMethod.ServerStreaming<GetCoverRequest, CoverPart>(Contract, Service, "GetCover");

    /// <summary><see cref="OpenTrackRequest"/> there, <see cref="OpenedTrack"/> back.</summary>
    public static RpcMethod<OpenTrackRequest, OpenedTrack> OpenTrack { get; } =
        RpcMethod.Unary<OpenTrackRequest, OpenedTrack>(Contract, Service, "OpenTrack");

    /// <summary><see cref="FindPeersRequest"/> there, <see cref="PeerList"/> back.</summary>
    public static RpcMethod<FindPeersRequest, PeerList> FindPeers { get; } =
        RpcMethod.Unary<FindPeersRequest, PeerList>(Contract, Service, "FindPeers");

    /// <summary>A stream of <see cref="ClientNotice"/> there, a stream of <see cref="ServerNotice"/> back.</summary>
    public static RpcMethod<ClientNotice, ServerNotice> Session { get; } =
        RpcMethod.Duplex<ClientNotice, ServerNotice>(Contract, Service, "Session");
}
