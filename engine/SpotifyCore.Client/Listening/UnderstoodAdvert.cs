using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Listening;

/// <summary>An advert that is to be heard first, checked.</summary>
/// <param name="Impression">Names this one time that it is to be heard.</param>
/// <param name="Sound">Its file and key; its title, and for its artist the campaign.</param>
/// <param name="Wait">For how long nothing else is opened.</param>
internal sealed record UnderstoodAdvert(ImpressionId Impression, UnderstoodTrack Sound, TimeSpan Wait);
