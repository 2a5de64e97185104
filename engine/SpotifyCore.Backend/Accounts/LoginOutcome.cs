namespace SpotifyCore.Backend.Accounts;

/// <summary>How a try to log in ended, for <see cref="LoginThrottle"/>.</summary>
internal enum LoginOutcome
{
    /// <summary>Wrong name or password, or the try broke off while it was checked.</summary>
    Wrong,

    /// <summary>Right.</summary>
    Right,

    /// <summary>The password was not looked at: the try tells nothing.</summary>
    NotTried,
}
