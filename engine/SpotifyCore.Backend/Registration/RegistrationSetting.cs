namespace SpotifyCore.Backend.Registration;

/// <summary>Who may register in a country.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; empty for all countries that have no setting of their own.</param>
/// <param name="Mode">Who may.</param>
public sealed record RegistrationSetting(string Country, RegistrationMode Mode);
