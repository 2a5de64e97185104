namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// How a login ended: with a session, with a wait, with roles that the account lacks, or with none of these (wrong name
/// or password).
/// </summary>
/// <param name="Token">What the client presents from now on; null without a session.</param>
/// <param name="Session">The session, or null.</param>
/// <param name="Wait">How long to wait before the next try; zero when the try counted.</param>
internal sealed record LoginResult(string? Token, Session? Session, TimeSpan Wait)
{
    /// <summary>SHA-256 of the tokens of the sessions that this one has ended.</summary>
    public IReadOnlyList<byte[]> Replaced { get; private init; } = [];

    /// <summary>Of the roles that were needed, those that the account lacks; none where that was not asked.</summary>
    public AccountRoles Missing { get; private init; }

    /// <summary>Wrong name or password; which of them is not told.</summary>
    public static LoginResult Wrong { get; } = new(null, null, TimeSpan.Zero);

    /// <summary>Too many tries.</summary>
    public static LoginResult Throttled(TimeSpan wait) => new(null, null, wait);

    /// <summary>Right, by an account that lacks roles: there is no session.</summary>
    public static LoginResult Lacking(AccountRoles missing) => new(null, null, TimeSpan.Zero) { Missing = missing };

    /// <summary>Right.</summary>
    public static LoginResult Right(OpenedSession opened) =>
        new(opened.Token, opened.Session, TimeSpan.Zero) { Replaced = opened.Replaced };
}
