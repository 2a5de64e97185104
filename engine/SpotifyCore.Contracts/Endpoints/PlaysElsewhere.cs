using System.Text;
using Grpc.Core;

namespace SpotifyCore.Contracts.Endpoints;

/// <summary>That a track is not opened since another device has the account's stream.</summary>
public static class PlaysElsewhere
{
    /// <summary>Its status.</summary>
    public const StatusCode Code = StatusCode.Aborted;

    private const string Trailer = "playing-device-bin";

    /// <summary>The failure.</summary>
    /// <param name="device">What the other device calls itself; empty where it does not say, or that is not to be told.</param>
    public static RpcException Of(string device) =>
        Of(device, $"The account plays on {NameOf(device)}: choose what to play here, and it plays here.");

    /// <summary>As the other, where a device took the stream so often that it is to wait.</summary>
    public static RpcException TooOften(string device) =>
        Of(device, $"This device took over from {NameOf(device)} too often: wait a minute, and choose again.");

    /// <summary>What the other device calls itself; empty where it is not said.</summary>
    public static string DeviceOf(RpcException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Trailers.GetValueBytes(Trailer) is { } name ? Encoding.UTF8.GetString(name) : "";
    }

    private static string NameOf(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Length > 0 ? device : "another device";
    }

    private static RpcException Of(string device, string sentence) => CallFailure.Of(
        Code, sentence, new Metadata { { Trailer, Encoding.UTF8.GetBytes(device) } });
}
