using SpotifyCore.Backend.Accounts;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of access_point.proto, bound to its handlers.</summary>
internal static class AccessPointService
{
    public static RpcService Create(
        CallerGate gate, LoginCalls login, SessionCalls sessions, CatalogueCalls catalogue, PlayCalls play,
        PresenceCalls presence) =>
        new RpcServiceBuilder(AccessPointReflection.Descriptor.Services[0])
            .Gate(call => AdmitAsync(gate, call))
            .Unary<GetLoginChallengeRequest, LoginChallenge>("GetLoginChallenge", login.GetLoginChallengeAsync)
            .Unary<LoginRequest, LoginReply>("Login", login.LoginAsync)
            .Unary<LogOutRequest, LogOutReply>("LogOut", sessions.LogOutAsync)
            .Unary<GetTicketKeysRequest, TicketKeys>("GetTicketKeys", login.GetTicketKeysAsync)
            .Unary<RefreshTicketRequest, Ticket>("RefreshTicket", sessions.RefreshTicketAsync)
            .Unary<SearchRequest, SearchReply>("Search", catalogue.SearchAsync)
            .Unary<GetTrackRequest, Track>("GetTrack", catalogue.GetTrackAsync)
            .Unary<GetAlbumRequest, Album>("GetAlbum", catalogue.GetAlbumAsync)
            .ServerStreaming<GetCoverRequest, CoverPart>("GetCover", catalogue.GetCoverAsync)
            .Unary<OpenTrackRequest, OpenedTrack>("OpenTrack", play.OpenTrackAsync)
            .Unary<FindPeersRequest, PeerList>("FindPeers", play.FindPeersAsync)
            .Duplex<ClientNotice, ServerNotice>("Session", presence.RunAsync)
            .Build();

    /// <summary>Only what is named here is open to strangers, or to accounts that may not listen.</summary>
    private static ValueTask AdmitAsync(CallerGate gate, RpcServerCall call)
    {
        switch (call.Method[(call.Method.LastIndexOf('/') + 1)..])
        {
            case "GetLoginChallenge" or "Login" or "GetTicketKeys":
                break;
            case "LogOut" or "RefreshTicket" or "Search" or "GetTrack" or "GetAlbum" or "GetCover":
                gate.Admit(call, AccountRoles.None);
                break;
            default:
                gate.Admit(call, AccountRoles.Listener);
                break;
        }

        return ValueTask.CompletedTask;
    }
}
