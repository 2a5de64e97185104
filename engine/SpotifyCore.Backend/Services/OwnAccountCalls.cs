using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Services;

/// <summary>What an account says, and where it is logged in.</summary>
internal sealed class OwnAccountCalls(
    ProfileStore profiles,
    SessionStore sessions,
    ProfileMessages messages,
    PeerDirectory peers,
    ILogger<OwnAccountCalls> logger)
{
    public Task<Profile> GetProfileAsync(ServerCallContext call) =>
        Task.FromResult(ProfileOf(CallerGate.SessionOf(call)));

    public Task<Profile> SetProfileAsync(SetProfileRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        try
        {
            if (request.HasDisplayName)
                profiles.SetDisplayName(session.Account, request.DisplayName);
        }
        catch (AccountException wrong)
        {
            throw CallFailure.Of(StatusCode.InvalidArgument, wrong.Message);
        }

        return Task.FromResult(ProfileOf(session));
    }

    public Task<SessionList> ListSessionsAsync(ServerCallContext call)
    {
        var caller = CallerGate.SessionOf(call);
        var list = new SessionList();
        list.Sessions.AddRange(sessions.List(caller.Account).Select(session => ToMessage(session, caller)));
        return Task.FromResult(list);
    }

    public Task<EndSessionsReply> EndSessionsAsync(EndSessionsRequest request, ServerCallContext call)
    {
        var caller = CallerGate.SessionOf(call);
        var ended = request.Client.Length switch
        {
            0 => sessions.RevokeOthers(caller),
            PeerId.Size => sessions.Revoke(caller.Account, PeerId.Read(request.Client.Span)),
            _ => throw CallFailure.Of(StatusCode.InvalidArgument, "That is no client's id."),
        };
        if (ended.Count == 0 && request.Client.Length > 0)
            throw CallFailure.Of(StatusCode.NotFound, "The account has no session of that client.");

        foreach (var session in ended)
            peers.End(session);

        logger.SessionsRevoked(ended.Count, caller.Account.Name, caller.Peer);
        return Task.FromResult(new EndSessionsReply { Ended = ended.Count });
    }

    private Profile ProfileOf(Session session) => messages.Of(session)
        ?? throw CallFailure.Of(StatusCode.Unauthenticated, "Log in again: the account is gone.");

    private static SessionEntry ToMessage(ListedSession session, Session caller) => new()
    {
        Client = ByteString.CopyFrom(session.Peer.Bits.ToArray()),
        Device = session.Origin.Device,
        AppPassword = session.AppPassword,
        DeviceKind = session.Origin.Kind,
        Address = session.Origin.Address,
        CreatedUnixMs = session.Created,
        SeenUnixMs = session.Seen,
        Current = session.TokenHash.AsSpan().SequenceEqual(caller.TokenHash),
    };
}
