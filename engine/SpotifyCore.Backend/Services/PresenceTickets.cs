using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>Keeps an online client in tickets.</summary>
internal sealed class PresenceTickets(TicketAuthority tickets, SessionStore sessions, TimeProvider time)
{
    /// <summary>
    /// Sends a ticket at once, since the login's may be old, and then another whenever three quarters of its life are
    /// over. Ends by an exception: cancellation, or a session that has ended.
    /// </summary>
    public async Task PushAsync(RpcStreamWriter<ServerNotice> writer, Session session, CancellationToken cancellation)
    {
        while (true)
        {
            if (!sessions.Extend(session))
                throw new RpcException(RpcStatusCode.Unauthenticated, "Log in again: the session has expired.");

            await writer.WriteAsync(new ServerNotice { Ticket = tickets.Issue(session) }, cancellation);
            await Task.Delay(tickets.Lifetime * 0.75, time, cancellation);
        }
    }
}
