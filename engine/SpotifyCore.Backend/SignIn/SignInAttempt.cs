using System.Net;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.SignIn;

/// <summary>A try to sign in, to link an account, or to prove whose it is. No record: nothing prints it, with its token.</summary>
/// <param name="provider">Through whom.</param>
/// <param name="idToken">What the provider has said, as the client had it.</param>
/// <param name="challenge">What the client began with.</param>
/// <param name="peer">The client's id, whose key is proved.</param>
internal sealed class SignInAttempt(IdentityProvider provider, string idToken, byte[] challenge, PeerId peer)
{
    /// <summary>Through whom.</summary>
    public IdentityProvider Provider => provider;

    /// <summary>What the provider has said, as the client had it.</summary>
    public string IdToken => idToken;

    /// <summary>What the client began with.</summary>
    public byte[] Challenge => challenge;

    /// <summary>The client's id, whose key is proved.</summary>
    public PeerId Peer => peer;

    /// <summary>How long ago who it is may have signed in at the provider; null for any time.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Where it comes from.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>What the client calls its device; empty when it does not say.</summary>
    public string Device { get; init; } = "";

    /// <summary>What the client says its device is.</summary>
    public DeviceKind Kind { get; init; } = DeviceKind.Desktop;

    /// <summary>Roles without which the account gets no session; none unless set.</summary>
    public AccountRoles Needed { get; init; }
}
