namespace SpotifyCore.Contracts.Login;

/// <summary>What an account may do, as the messages of a login name it.</summary>
public static class LoginRoles
{
    /// <summary>Plays music.</summary>
    public const string Listener = "listener";

    /// <summary>Imports music.</summary>
    public const string Import = "import";
}
