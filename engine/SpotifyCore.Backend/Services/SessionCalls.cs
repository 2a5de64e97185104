using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>What a client does with the session it has: stay, or leave.</summary>
internal sealed class SessionCalls(SessionStore sessions, SessionTickets tickets, PeerDirectory peers)
{
    public Task<Ticket> RefreshTicketAsync(ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        return sessions.Extend(session, SessionOrigin.AddressOf(call.GetHttpContext().Connection.RemoteIpAddress))
            ? Task.FromResult(tickets.Issue(session))
            : throw CallFailure.Of(StatusCode.Unauthenticated, "Log in again: the session has expired.");
    }

    public Task<LogOutReply> LogOutAsync(ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        sessions.Close(session);
        peers.End(session.TokenHash);
        return Task.FromResult(new LogOutReply());
    }
}
