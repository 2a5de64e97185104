using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>Keeps an online client in tickets.</summary>
internal sealed class PresenceTickets(TicketAuthority tickets, SessionStore sessions, TimeProvider time)
{
    /// <summary>What tickets are checked with.</summary>
    public TicketKeys Keys => tickets.Publish();

    /// <summary>
    /// Sends a ticket at once, since the login's may be old, and then another whenever three quarters of its life are
    /// over. Ends by an exception: cancellation, or a session that has ended.
    /// </summary>
    public async Task PushAsync(LivePresence presence, CancellationToken cancellation)
    {
        while (true)
        {
            if (!sessions.Extend(presence.Session, presence.Place.Host))
                throw CallFailure.Of(StatusCode.Unauthenticated, "Log in again: the session has expired.");

            await presence.TellAsync(new ServerNotice { Ticket = tickets.Issue(presence.Session) }, cancellation);
            await Task.Delay(tickets.Lifetime * 0.75, time, cancellation);
        }
    }
}
