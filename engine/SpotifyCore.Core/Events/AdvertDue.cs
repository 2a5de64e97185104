using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>
/// A track can't be opened before an advert was played; the runtime has that, and opens it when it is asked to
/// (<see cref="Actions.OpenTrack.IsAdvert"/>).
/// </summary>
/// <param name="Play">The play that the track was to be opened for.</param>
/// <param name="Advert">The advert's sound.</param>
/// <param name="Impression">Names this one time that it is to be heard.</param>
/// <param name="Wait">For how long nothing else is opened, though it were played meanwhile.</param>
public readonly record struct AdvertDue(PlayId Play, TrackId Advert, ImpressionId Impression, TimeSpan Wait)
    : IClientEvent
{
    /// <summary>As of an opened track (<see cref="TrackOpened.IsStreamTaken"/>).</summary>
    public bool IsStreamTaken { get; init; }
}
