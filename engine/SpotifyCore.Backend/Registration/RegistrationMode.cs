namespace SpotifyCore.Backend.Registration;

/// <summary>Who may make an account of himself. The values rest in the database.</summary>
public enum RegistrationMode
{
    /// <summary>Nobody.</summary>
    Closed = 0,

    /// <summary>Who has an invitation.</summary>
    Invitation = 1,

    /// <summary>Everybody.</summary>
    Open = 2,
}
