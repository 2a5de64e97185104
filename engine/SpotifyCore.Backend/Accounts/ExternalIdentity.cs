namespace SpotifyCore.Backend.Accounts;

/// <summary>Somebody as a provider knows them.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">What it calls them, for good; nobody else there is called so.</param>
internal sealed record ExternalIdentity(string Issuer, string Subject)
{
    /// <summary>What they like to be called there, as the provider has it; empty where it does not say.</summary>
    public string PreferredName { get; init; } = "";
}
