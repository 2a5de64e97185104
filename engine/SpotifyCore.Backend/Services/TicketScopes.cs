using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Backend.Services;

/// <summary>What tickets allow.</summary>
internal static class TicketScopes
{
    /// <summary>What one of an account with some roles allows, on a device where it may do so much.</summary>
    public static TicketScope Of(AccountRoles roles, Entitlement entitlement)
    {
        var scope = roles.HasFlag(AccountRoles.Import) ? TicketScope.Import : TicketScope.None;

        // Who can't play what it chooses has nothing to fetch.
        if (!roles.HasFlag(AccountRoles.Listener) || !entitlement.IsOnDemand)
            return scope;

        return scope | TicketScope.Fetch | (entitlement.UsesPeers ? TicketScope.Peers : TicketScope.None);
    }
}
