using SpotifyCore.Client.Listening;
using SpotifyCore.Core;

namespace SpotifyCore.Client.Access;

/// <summary>What came of opening a track: the track, an advert that comes before, or why there is neither.</summary>
/// <param name="Track">The track; null where there is none.</param>
/// <param name="Refusal">Why, where there is neither.</param>
internal readonly record struct OpenAnswer(UnderstoodTrack? Track, OpenRefusal Refusal)
{
    /// <summary>The advert.</summary>
    public UnderstoodAdvert? Advert { get; private init; }

    /// <summary>True when the account plays on this device by that, as a listener wanted it.</summary>
    public bool IsStreamTaken { get; init; }

    /// <summary>The answer that an advert comes before; that there is no such track, where it can't be understood.</summary>
    public static OpenAnswer Before(UnderstoodAdvert? advert) =>
        new(null, advert is null ? new OpenRefusal(DeliveryFailure.UnknownTrack) : OpenRefusal.None) { Advert = advert };
}
