using Grpc.Core;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Core;

namespace SpotifyCore.Client.Access;

/// <summary>Why the access point opens a track not.</summary>
/// <param name="Failure">What the core makes of it.</param>
internal readonly record struct OpenRefusal(DeliveryFailure Failure)
{
    private const int MaxReasonLength = 256;

    /// <summary>It does.</summary>
    public static readonly OpenRefusal None = new(DeliveryFailure.None);

    /// <summary>What the access point says of it to the listener, in a sentence; empty where it says nothing.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>What the device calls itself on which the account plays; empty where it is not said.</summary>
    public string Device { get; private init; } = "";

    /// <summary>What a failed call means.</summary>
    public static OpenRefusal Of(RpcException failed) => failed.StatusCode switch
    {
        StatusCode.NotFound => new OpenRefusal(DeliveryFailure.UnknownTrack),
        StatusCode.PermissionDenied => new OpenRefusal(DeliveryFailure.NotAllowed) { Reason = ReasonOf(failed) },
        PlaysElsewhere.Code => new OpenRefusal(DeliveryFailure.PlaysElsewhere)
        {
            Reason = ReasonOf(failed), Device = PlainText.Of(PlaysElsewhere.DeviceOf(failed)),
        },
        StatusCode.Unauthenticated => new OpenRefusal(DeliveryFailure.NotLoggedIn),
        _ => new OpenRefusal(DeliveryFailure.AccessPointUnreachable),
    };

    /// <summary>What is kept offline may not be played now, and the access point can't be asked.</summary>
    public static OpenRefusal OfRight(string reason) => new(DeliveryFailure.NotAllowed) { Reason = reason };

    private static string ReasonOf(RpcException failed)
    {
        var reason = PlainText.Of(failed.Reason());
        return reason.Length <= MaxReasonLength ? reason : "";
    }
}
