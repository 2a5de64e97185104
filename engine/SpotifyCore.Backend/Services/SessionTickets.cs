using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Trust;
using Session = SpotifyCore.Backend.Accounts.Session;
using WireTicket = SpotifyCore.Contracts.Ticket;

namespace SpotifyCore.Backend.Services;

/// <summary>
/// Tickets for the clients of sessions, each good for what account and plan allow on that device, and for no longer than
/// they do. Safe for many threads.
/// </summary>
internal sealed class SessionTickets(TicketAuthority authority, AccountPlans plans)
{
    /// <summary>How long one holds at most.</summary>
    public TimeSpan Lifetime => authority.Lifetime;

    /// <summary>What a fresh one would allow.</summary>
    public TicketScope ScopeOf(Session session) =>
        TicketScopes.Of(session.Account.Roles, plans.Of(session).Entitlement);

    /// <summary>A fresh one.</summary>
    public WireTicket Issue(Session session)
    {
        var plan = plans.Of(session);
        var roles = session.Account.Roles;
        var scope = TicketScopes.Of(roles, plan.Entitlement);
        return authority.Issue(
            session, scope, plan.HoldsUntil(entitlement => TicketScopes.Of(roles, entitlement) == scope));
    }

    /// <summary>The keys that tickets can be checked with.</summary>
    public TicketKeys Publish() => authority.Publish();
}
