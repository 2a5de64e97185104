namespace SpotifyCore.Backend.SignIn;

/// <summary>How a sign-in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>With a session, a link, or a proof.</summary>
    Done,

    /// <summary>Too many tries.</summary>
    Throttled,

    /// <summary>The challenge is too old, was used, or is none of this process.</summary>
    NotFresh,

    /// <summary>The token is refused.</summary>
    Refused,

    /// <summary>The provider can't be asked.</summary>
    Unanswered,

    /// <summary>No account is linked with who it is, and none was wanted.</summary>
    NoAccount,

    /// <summary>The account that was wanted was not made.</summary>
    NotRegistered,

    /// <summary>The account lacks roles that were needed.</summary>
    Lacking,

    /// <summary>Another account is linked with who it is.</summary>
    OfAnother,

    /// <summary>The account is linked with somebody else of that provider.</summary>
    WithAnother,

    /// <summary>The account is not linked with who it is.</summary>
    NotOfAccount,
}
