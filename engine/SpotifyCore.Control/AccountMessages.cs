using Google.Protobuf;
using SpotifyCore.Client.Accounts;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Control;

/// <summary>Turns what the client says of accounts into messages of the control API, and back.</summary>
internal static class AccountMessages
{
    /// <summary>An account that is wanted.</summary>
    public static Registration ToRegistration(this RegisterRequest request) =>
        new(request.Name, request.Password, request.Country) { Email = request.Email, Invitation = request.Invitation };

    /// <summary>An account that is wanted at a first sign-in.</summary>
    public static AccountWish ToWish(this AccountToMake account) =>
        new(account.Country) { Name = account.Name, Invitation = account.Invitation };

    /// <summary>That it is the account's owner who asks; nobody's word where there is none.</summary>
    public static ProofOfOwner ToProof(this DesktopProof? proof) => proof is { Provider: { Length: > 0 } provider }
        ? ProofOfOwner.ByProvider(provider)
        : ProofOfOwner.ByPassword(proof?.Password ?? "");

    /// <summary>Links.</summary>
    public static LinkList ToMessage(this IEnumerable<LinkInfo> links)
    {
        var list = new LinkList();
        list.Links.AddRange(links.Select(static link => new LinkEntry
        {
            Provider = link.Provider,
            Subject = link.Subject,
            LinkedUnixMs = link.Linked.ToUnixTimeMilliseconds(),
            UsedUnixMs = link.Used?.ToUnixTimeMilliseconds() ?? 0,
        }));
        return list;
    }

    /// <summary>A profile.</summary>
    public static Profile ToMessage(this ProfileInfo profile) => new()
    {
        Name = profile.Name,
        DisplayName = profile.DisplayName,
        Country = profile.Country,
        Reference = profile.Reference,
        Email = profile.Email,
        EmailVerified = profile.IsEmailVerified,
        CreatedUnixMs = profile.Created.ToUnixTimeMilliseconds(),
        Invitations = profile.Invitations,
        Terms = profile.Plan is { } plan ? ToMessage(plan) : null,
    };

    /// <summary>Sessions.</summary>
    public static SessionList ToMessage(this IEnumerable<SessionInfo> sessions)
    {
        var list = new SessionList();
        list.Sessions.AddRange(sessions.Select(ToMessage));
        return list;
    }

    /// <summary>An invitation that was just given.</summary>
    public static NewInvitation ToMessage(this InvitationCode invitation) => new()
    {
        Code = invitation.Code, ExpiresUnixMs = invitation.Expires.ToUnixTimeMilliseconds(),
    };

    /// <summary>Invitations.</summary>
    public static InvitationList ToMessage(this IEnumerable<InvitationInfo> invitations)
    {
        var list = new InvitationList();
        list.Invitations.AddRange(invitations.Select(static given => new Invitation
        {
            Begins = given.Begins,
            MadeUnixMs = given.Made.ToUnixTimeMilliseconds(),
            ExpiresUnixMs = given.Expires.ToUnixTimeMilliseconds(),
            TakenBy = given.TakenBy,
            TakenUnixMs = given.Taken?.ToUnixTimeMilliseconds() ?? 0,
        }));
        return list;
    }

    /// <summary>App passwords.</summary>
    public static AppPasswordList ToMessage(this IEnumerable<AppPasswordInfo> passwords)
    {
        var list = new AppPasswordList();
        list.Passwords.AddRange(passwords.Select(static one => new AppPasswordEntry
        {
            Name = one.Name,
            CreatedUnixMs = one.Created.ToUnixTimeMilliseconds(),
            UsedUnixMs = one.Used?.ToUnixTimeMilliseconds() ?? 0,
        }));
        return list;
    }

    private static PlanTerms ToMessage(PlanInfo plan) => new()
    {
        Plan = Enum.TryParse<Plan>(plan.Name, out var known) ? known : Plan.Free,
        UntilUnixMs = plan.Until?.ToUnixTimeMilliseconds() ?? 0,
        OnDemand = plan.IsOnDemand,
        Adverts = plan.HasAdverts,
        MaxBitsPerSecond = plan.MaxBitsPerSecond,
        Peers = plan.UsesPeers,
        Offline = plan.KeepsOffline,
    };

    private static SessionEntry ToMessage(SessionInfo session)
    {
        return new SessionEntry
        {
            Client = ByteString.CopyFrom(session.Client.Bits.ToArray()),
            Device = session.Device,
            AppPassword = session.AppPassword,
            DeviceKind = session.Kind == Client.Accounts.DeviceKind.Phone
                ? Contracts.DeviceKind.Phone
                : Contracts.DeviceKind.Desktop,
            Address = session.Address,
            CreatedUnixMs = session.Created?.ToUnixTimeMilliseconds() ?? 0,
            SeenUnixMs = session.Seen?.ToUnixTimeMilliseconds() ?? 0,
            Current = session.IsCurrent,
        };
    }
}
