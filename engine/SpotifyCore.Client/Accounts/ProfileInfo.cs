namespace SpotifyCore.Client.Accounts;

/// <summary>What the account says of the listener.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="DisplayName">What others are to read; empty when none was chosen.</param>
/// <param name="Country">ISO 3166-1 alpha-2; empty when it is not known.</param>
public sealed record ProfileInfo(string Name, string DisplayName, string Country)
{
    /// <summary>What others keep to name the account by, as a checkout does: its own for good, whatever its name.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The e-mail address; empty when there is none.</summary>
    public string Email { get; init; } = "";

    /// <summary>Whether the account's owner has shown that the address is his.</summary>
    public bool IsEmailVerified { get; init; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>What its plan allows on this device; null of an access point without plans.</summary>
    public PlanInfo? Plan { get; init; }

    /// <summary>How many invitations it may still give.</summary>
    public int Invitations { get; init; }
}
