using SpotifyCore.Backend.Plans;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>Says to a listener, in a sentence, what is beyond the plan.</summary>
internal static class PlanRefusals
{
    /// <summary>Why nothing is played as it is chosen.</summary>
    public static string OfChoosing(Entitlement entitlement, DeviceKind device) =>
        (entitlement.IsOffered, device) switch
        {
            (true, _) => $"The {NameOf(entitlement.Plan)} plan plays radio alone on phones: Premium plays what you choose there.",
            (false, DeviceKind.Phone) => "There is no Free plan in your country: Premium plays what you choose on phones there.",
            _ => "There is no Free plan in your country: Unlimited and Premium play there.",
        };

    /// <summary>Why nobody is named who has a file.</summary>
    public static string OfPeers(DeviceKind device) => device == DeviceKind.Phone
        ? "Phones fetch from servers alone."
        : "There is no Free plan in your country: who has no plan fetches nothing there.";

    /// <summary>Why a track is not played of which there is nothing but a better file.</summary>
    public static string OfQuality(Entitlement entitlement) =>
        $"There is this track in a quality alone that the {NameOf(entitlement.Plan)} plan does not have: Premium plays it.";

    /// <summary>Why nothing is kept for times without a network.</summary>
    public static string OfKeeping(Entitlement entitlement, DeviceKind device) => device == DeviceKind.Phone
        ? "Music is kept offline on desktops alone."
        : $"The {NameOf(entitlement.Plan)} plan keeps nothing offline: Premium does.";

    private static string NameOf(Plan plan) => plan.ToString();
}
