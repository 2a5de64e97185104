using SpotifyCore.Core;

namespace SpotifyCore.Client.Listening;

/// <summary>Says to a listener why a track can't be played, or was not to be.</summary>
internal static class PlayProblems
{
    /// <summary>One sentence.</summary>
    public static string Text(DeliveryFailure failure) => failure switch
    {
        DeliveryFailure.UnknownTrack => "The catalogue has no such track.",
        DeliveryFailure.NotAllowed => "Not available to this account: ask for it to be allowed.",
        DeliveryFailure.NotLoggedIn => "Log in first.",
        DeliveryFailure.AccessPointUnreachable =>
            "The access point can't be reached, and the track is not in the cache.",
        DeliveryFailure.NoSource => "No cache, listener or storage node has the track's data right now.",
        DeliveryFailure.None => "The track ended before it sounded.",
        DeliveryFailure.Replaced => "Another track was chosen.",
        DeliveryFailure.Stopped => "The playback was stopped.",
        DeliveryFailure.Paused => "The playback was paused.",
        DeliveryFailure.AdvertPlays => "An advert plays first.",
        DeliveryFailure.PlaysElsewhere => "The account plays on another device.",
        _ => "The track can't be played.",
    };
}
