using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>Keeps an online client in tickets.</summary>
internal sealed class PresenceTickets(
    SessionTickets tickets, SessionStore sessions, AccountStreams streams, TimeProvider time)
{
    /// <summary>What tickets are checked with.</summary>
    public TicketKeys Keys => tickets.Publish();

    /// <summary>Has a client be one of the swarm from the first, if its first ticket will allow that.</summary>
    public void Begin(LivePresence presence) => presence.Begin(tickets.ScopeOf(presence.Session));

    /// <summary>
    /// Sends a ticket at once, since the login's may be old, and then another whenever three quarters of a ticket's life
    /// are over, a plan has lapsed that it was given by, or it does not allow any more what the account may do. Ends by an
    /// exception: cancellation, or a session that has ended.
    /// </summary>
    public async Task PushAsync(LivePresence presence, CancellationToken cancellation)
    {
        while (true)
        {
            if (!sessions.Extend(presence.Session, presence.Place.Host))
                throw CallFailure.Of(StatusCode.Unauthenticated, "Log in again: the session has expired.");

            streams.Renew(presence);
            var ticket = tickets.Issue(presence.Session);
            presence.NoteTicket(ticket.Ticket_.Span);
            await presence.TellAsync(new ServerNotice { Ticket = ticket }, cancellation);
            await presence.WaitForRenewalAsync(LifeOf(ticket), cancellation);
        }
    }

    // One that is cut short ends within the second before the lapse: the next is to be of after that.
    private TimeSpan LifeOf(Ticket ticket)
    {
        var left = DateTimeOffset.FromUnixTimeMilliseconds(ticket.ExpiresUnixMs) - time.GetUtcNow();
        var (usual, whole) = (tickets.Lifetime * 0.75, left + TimeSpan.FromSeconds(1));
        return whole < usual ? whole : usual;
    }
}
