namespace SpotifyCore.Backend.Registration;

/// <summary>Why an account was not made.</summary>
internal enum RegistrationRefusal
{
    /// <summary>It was.</summary>
    None,

    /// <summary>Nobody may register in that country.</summary>
    Closed,

    /// <summary>There only who is invited may, and no invitation was sent.</summary>
    NotInvited,

    /// <summary>There is no such invitation, or it was taken, or has expired.</summary>
    InvitationUnusable,

    /// <summary>Another has the name.</summary>
    NameTaken,
}
