namespace SpotifyCore.Core;

/// <summary>What failures have in common.</summary>
public static class DeliveryFailures
{
    /// <summary>True when the listener wanted it so.</summary>
    public static bool IsWanted(this DeliveryFailure failure) => failure
        is DeliveryFailure.Replaced or DeliveryFailure.Stopped or DeliveryFailure.Paused or DeliveryFailure.AdvertPlays;

    /// <summary>True when it may be tried again: those that have the data are away, or the account plays elsewhere.</summary>
    internal static bool IsAway(this DeliveryFailure failure) => failure
        is DeliveryFailure.AccessPointUnreachable or DeliveryFailure.NotLoggedIn or DeliveryFailure.NoSource
        or DeliveryFailure.PlaysElsewhere;
}
