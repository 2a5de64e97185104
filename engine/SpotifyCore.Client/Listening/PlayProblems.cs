using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>Says to a listener why a track can't be played.</summary>
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
        _ => "The track can't be played.",
    };
}
