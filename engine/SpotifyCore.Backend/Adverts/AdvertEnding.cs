namespace SpotifyCore.Backend.Adverts;

/// <summary>What a client says of an advert that it is done with.</summary>
/// <param name="Impression">Which time of which advert it was.</param>
/// <param name="IsFailed">Whether it could not be played.</param>
internal readonly record struct AdvertEnding(byte[] Impression, bool IsFailed);
