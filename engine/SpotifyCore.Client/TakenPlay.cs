namespace SpotifyCore.Client;

/// <summary>What goes on here that another device of the account played.</summary>
/// <param name="Play">The play of the track that goes on, or of an advert before it, as far as it has come.</param>
/// <param name="Device">What the other device calls itself; empty when it does not say.</param>
/// <param name="Position">Where in the track it goes on.</param>
public sealed record TakenPlay(PlayReport Play, string Device, TimeSpan Position);
