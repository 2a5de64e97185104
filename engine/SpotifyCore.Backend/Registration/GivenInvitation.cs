namespace SpotifyCore.Backend.Registration;

/// <summary>An invitation that was just made.</summary>
/// <param name="Code">What whoever is invited sends; it is kept nowhere.</param>
/// <param name="Expires">Until when it can be taken.</param>
public sealed record GivenInvitation(string Code, DateTimeOffset Expires);
