using SpotifyCore.Content.Identity;

namespace SpotifyCore.Simulation.Access;

/// <summary>An advert that a client is to hear.</summary>
/// <param name="Track">Its index among the tracks.</param>
/// <param name="Impression">Names this one time.</param>
/// <param name="Wait">For how long nothing else is opened.</param>
internal sealed record SimAdvert(int Track, ImpressionId Impression, TimeSpan Wait);
