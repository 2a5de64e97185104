using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of access_point.proto, each method handed to those who answer it.</summary>
internal sealed class AccessPointService(
    LoginCalls login, SessionCalls sessions, CatalogueCalls catalogue, PlayCalls play, PresenceCalls presence)
    : AccessPoint.AccessPointBase
{
    public override Task<LoginChallenge> GetLoginChallenge(
        GetLoginChallengeRequest request, ServerCallContext context) => login.GetLoginChallengeAsync();

    public override Task<LoginReply> Login(LoginRequest request, ServerCallContext context) =>
        login.LoginAsync(request, context);

    public override Task<LogOutReply> LogOut(LogOutRequest request, ServerCallContext context) =>
        sessions.LogOutAsync(context);

    public override Task<TicketKeys> GetTicketKeys(GetTicketKeysRequest request, ServerCallContext context) =>
        login.GetTicketKeysAsync();

    public override Task<Ticket> RefreshTicket(RefreshTicketRequest request, ServerCallContext context) =>
        sessions.RefreshTicketAsync(context);

    public override Task<SearchReply> Search(SearchRequest request, ServerCallContext context) =>
        catalogue.SearchAsync(request);

    public override Task<ListNamesReply> ListNames(ListNamesRequest request, ServerCallContext context) =>
        catalogue.ListNamesAsync(request);

    public override Task<Track> GetTrack(GetTrackRequest request, ServerCallContext context) =>
        catalogue.GetTrackAsync(request);

    public override Task<Album> GetAlbum(GetAlbumRequest request, ServerCallContext context) =>
        catalogue.GetAlbumAsync(request);

    public override Task GetCover(
        GetCoverRequest request, IServerStreamWriter<CoverPart> responseStream, ServerCallContext context) =>
        catalogue.GetCoverAsync(request, responseStream, context);

    public override Task<OpenedTrack> OpenTrack(OpenTrackRequest request, ServerCallContext context) =>
        play.OpenTrackAsync(request, context);

    public override Task<PeerList> FindPeers(FindPeersRequest request, ServerCallContext context) =>
        play.FindPeersAsync(request, context);

    public override Task Session(
        IAsyncStreamReader<ClientNotice> requestStream, IServerStreamWriter<ServerNotice> responseStream,
        ServerCallContext context) => presence.RunAsync(requestStream, responseStream, context);
}
