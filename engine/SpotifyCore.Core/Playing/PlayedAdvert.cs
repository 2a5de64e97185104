using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Playing;

/// <summary>What makes a play that of an advert: it stands before an entry of the queue, and is heard to its end.</summary>
/// <param name="Sound">The advert's sound.</param>
/// <param name="Impression">Names this one time that it is to be heard.</param>
public sealed record PlayedAdvert(TrackId Sound, ImpressionId Impression)
{
    /// <summary>Where the track is to go on after it, in samples: it was being played when the advert came.</summary>
    internal long ResumeAt { get; init; }
}
