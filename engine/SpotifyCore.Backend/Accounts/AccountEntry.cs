namespace SpotifyCore.Backend.Accounts;

/// <summary>An account in the list of all.</summary>
/// <param name="Account">Who it is.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Sessions">Logins that still hold.</param>
/// <param name="Country">ISO 3166-1 alpha-2; empty when it is not known.</param>
public sealed record AccountEntry(Account Account, DateTimeOffset Created, int Sessions, string Country)
{
    /// <summary>What others keep to name it by: 32 digits of hexadecimal, its own for good.</summary>
    public string Reference { get; init; } = "";
}
