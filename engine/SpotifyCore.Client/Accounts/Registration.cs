namespace SpotifyCore.Client.Accounts;

/// <summary>An account that somebody wants. No record: nothing prints it, with its password.</summary>
/// <param name="name">1 to 64 of a-z, 0-9, '.', '-', '_' and '@'; capitals become small.</param>
/// <param name="password">8 to 256 characters, not the name.</param>
/// <param name="country">ISO 3166-1 alpha-2.</param>
public sealed class Registration(string name, string password, string country)
{
    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>The password.</summary>
    public string Password => password;

    /// <summary>The country's code.</summary>
    public string Country => country;

    /// <summary>The e-mail address; empty for none.</summary>
    public string Email { get; init; } = "";

    /// <summary>The code of an invitation, which is used up; empty for none.</summary>
    public string Invitation { get; init; } = "";
}
