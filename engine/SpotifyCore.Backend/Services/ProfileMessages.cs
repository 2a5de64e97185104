using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Contracts;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Services;

/// <summary>What an account is told of itself.</summary>
internal sealed class ProfileMessages(ProfileStore profiles, InvitationStore invitations, AccountPlans plans)
{
    /// <summary>The profile of the account of a session; null when that is gone.</summary>
    public Profile? Of(Session session) => profiles.Find(session.Account) is { } profile
        ? new Profile
        {
            Name = profile.Account.Name,
            Reference = profile.Reference,
            DisplayName = profile.DisplayName,
            Country = profile.Country,
            Email = profile.Email,
            EmailVerified = profile.IsVerified,
            CreatedUnixMs = profile.Created,
            Invitations = invitations.CountLeft(session.Account),
            Terms = TermsOf(plans.Of(session).Entitlement),
        }
        : null;

    private static PlanTerms TermsOf(Entitlement entitlement) => new()
    {
        Plan = entitlement.Plan,
        UntilUnixMs = entitlement.Until == Subscription.NoEnd ? 0 : entitlement.Until.ToUnixTimeMilliseconds(),
        OnDemand = entitlement.IsOnDemand,
        Adverts = entitlement.HasAdverts,
        MaxBitsPerSecond = entitlement.MaxBitsPerSecond,
        Peers = entitlement.UsesPeers,
        Offline = entitlement.KeepsOffline,
    };
}
