using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Accounts;

/// <summary>A try to log in. No record: nothing prints it, with its password.</summary>
/// <param name="name">The account's name, as typed.</param>
/// <param name="password">The password, as typed.</param>
/// <param name="peer">The client's id, whose key is proved.</param>
/// <param name="address">Where it comes from.</param>
internal sealed class LoginAttempt(string name, string password, PeerId peer, IPAddress? address)
{
    /// <summary>The account's name, as typed.</summary>
    public string Name => name;

    /// <summary>The password, as typed.</summary>
    public string Password => password;

    /// <summary>The client's id, whose key is proved.</summary>
    public PeerId Peer => peer;

    /// <summary>Where it comes from.</summary>
    public IPAddress? Address => address;

    /// <summary>What the client calls its device; empty when it does not say.</summary>
    public string Device { get; init; } = "";

    /// <summary>What the client says its device is.</summary>
    public DeviceKind Kind { get; init; } = DeviceKind.Desktop;

    /// <summary>Roles without which the account gets no session; none unless set.</summary>
    public AccountRoles Needed { get; init; }
}
