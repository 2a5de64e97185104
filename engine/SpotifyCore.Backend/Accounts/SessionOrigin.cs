using System.Net;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Accounts;

/// <summary>Where a session was opened.</summary>
/// <param name="Device">What the client calls its device; empty when it does not say.</param>
/// <param name="Address">The client's address; empty when it is not known.</param>
internal readonly record struct SessionOrigin(string Device, string Address)
{
    /// <summary>SHA-256 of the app password that it was opened with; null for none.</summary>
    public byte[]? AppPassword { get; init; }

    /// <summary>
    /// What the account's own password was kept as when it was found right; null where it was not opened by that.
    /// </summary>
    public byte[]? Password { get; init; }

    /// <summary>What the client says its device is; unspecified counts as a desktop.</summary>
    public DeviceKind Kind { get; init; }

    /// <summary>Whom a provider knows that it was opened by, through their link; null for a password.</summary>
    public ExternalIdentity? Link { get; init; }

    /// <summary>Where a client is.</summary>
    public static SessionOrigin Of(string device, IPAddress? address) => new(device, AddressOf(address));

    /// <summary>An address as people write it; that of this machine for a client without one.</summary>
    public static string AddressOf(IPAddress? address)
    {
        address ??= IPAddress.Loopback;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
