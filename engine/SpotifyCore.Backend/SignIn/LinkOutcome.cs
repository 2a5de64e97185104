namespace SpotifyCore.Backend.SignIn;

/// <summary>How it ended that an account was to be linked.</summary>
internal enum LinkOutcome
{
    /// <summary>It is, now or since before.</summary>
    Linked,

    /// <summary>Another account is, with them.</summary>
    OfAnother,

    /// <summary>It is with somebody else of that provider.</summary>
    WithAnother,
}
