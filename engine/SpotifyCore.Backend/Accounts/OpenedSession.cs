namespace SpotifyCore.Backend.Accounts;

/// <summary>A session that was opened.</summary>
/// <param name="Token">What the client presents from now on; for it alone.</param>
/// <param name="Session">The session.</param>
internal sealed record OpenedSession(string Token, Session Session)
{
    /// <summary>
    /// SHA-256 of the tokens of the sessions that it has ended: what is open under them is to be ended too.
    /// </summary>
    public required IReadOnlyList<byte[]> Replaced { get; init; }
}
