using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>What a client does with the session it has: stay, or leave.</summary>
internal sealed class SessionCalls(SessionStore sessions, TicketAuthority tickets, PeerDirectory peers)
{
    public Task<Ticket> RefreshTicketAsync(RefreshTicketRequest request, RpcServerCall call)
    {
        var session = CallerGate.SessionOf(call);
        return sessions.Extend(session)
            ? Task.FromResult(tickets.Issue(session))
            : throw new RpcException(RpcStatusCode.Unauthenticated, "Log in again: the session has expired.");
    }

    public Task<LogOutReply> LogOutAsync(LogOutRequest request, RpcServerCall call)
    {
        var session = CallerGate.SessionOf(call);
        sessions.Close(session);
        peers.End(session);
        return Task.FromResult(new LogOutReply());
    }
}
