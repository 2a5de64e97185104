using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Accounts;

/// <summary>A session in the list of its account's.</summary>
/// <param name="Peer">The client.</param>
/// <param name="TokenHash">SHA-256 of its token.</param>
internal sealed record ListedSession(PeerId Peer, byte[] TokenHash)
{
    /// <summary>The device, and from where it was seen last.</summary>
    public required SessionOrigin Origin { get; init; }

    /// <summary>What the account calls the app password that it was opened with; empty for the account's own.</summary>
    public required string AppPassword { get; init; }

    /// <summary>When it was opened, Unix ms; 0 of one before that was kept.</summary>
    public required long Created { get; init; }

    /// <summary>When it was opened or had its latest ticket, Unix ms; 0 of one before that was kept.</summary>
    public required long Seen { get; init; }
}
