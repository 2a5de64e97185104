namespace SpotifyCore.Client.Accounts;

/// <summary>An account to be made at a first sign-in.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record AccountWish(string Country)
{
    /// <summary>What it is to be called; empty for a free name after what the provider calls who signs in.</summary>
    public string Name { get; init; } = "";

    /// <summary>The code of an invitation; empty for none.</summary>
    public string Invitation { get; init; } = "";
}
