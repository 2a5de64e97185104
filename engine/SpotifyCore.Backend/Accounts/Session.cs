using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Accounts;

/// <summary>A login that still holds: who, with which client.</summary>
/// <param name="TokenHash">SHA-256 of the token that the client presents; names the session here.</param>
/// <param name="Account">Who logged in.</param>
/// <param name="Peer">The client's key, to which its tickets are bound.</param>
/// <param name="Pseudonym">
/// 16 random bytes that stand for the account in tickets: the same for all its sessions that are open at one time, so
/// that listeners can share out fairly what they give; another once all of them have ended.
/// </param>
internal sealed record Session(byte[] TokenHash, Account Account, PeerId Peer, byte[] Pseudonym)
{
    /// <summary>
    /// True of one that was opened with an app password: it finds and plays, with the account's roles as far as that takes
    /// them, and does nothing with the account.
    /// </summary>
    public bool IsForStreamingAlone { get; init; }

    /// <summary>What the client calls its device; empty when it does not say.</summary>
    public string Device { get; init; } = "";

    /// <summary>What the client said at its login that its device is; it stays so.</summary>
    public DeviceKind Kind { get; init; } = DeviceKind.Desktop;
}
