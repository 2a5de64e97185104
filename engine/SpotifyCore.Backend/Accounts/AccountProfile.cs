namespace SpotifyCore.Backend.Accounts;

/// <summary>What an account says of who has it.</summary>
/// <param name="Account">The account.</param>
/// <param name="DisplayName">What others are to read; empty when none was chosen.</param>
/// <param name="Country">ISO 3166-1 alpha-2; empty when it is not known.</param>
/// <param name="Email">The address; empty when there is none.</param>
/// <param name="Created">When it was made, Unix ms.</param>
internal sealed record AccountProfile(
    Account Account, string DisplayName, string Country, string Email, long Created)
{
    /// <summary>What others keep to name it by: 32 digits of hexadecimal, its own for good.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Whether its owner has shown that the address is his.</summary>
    public bool IsVerified { get; init; }
}
