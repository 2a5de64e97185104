namespace SpotifyCore.Core;

/// <summary>What failures have in common.</summary>
public static class DeliveryFailures
{
    /// <summary>True when the listener wanted it so.</summary>
    public static bool IsWanted(this DeliveryFailure failure) => failure
        is DeliveryFailure.Replaced or DeliveryFailure.Stopped or DeliveryFailure.Paused or DeliveryFailure.AdvertPlays;

    /// <summary>True when those that have the data are away: it may be tried again.</summary>
    internal static bool IsAway(this DeliveryFailure failure) => failure
        is DeliveryFailure.AccessPointUnreachable or DeliveryFailure.NotLoggedIn or DeliveryFailure.NoSource;
}
