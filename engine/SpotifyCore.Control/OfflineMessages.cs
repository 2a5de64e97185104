using Google.Protobuf;
using SpotifyCore.Client.Offline;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Control;

/// <summary>Turns what the client says of music kept offline into messages of the control API, and back.</summary>
internal static class OfflineMessages
{
    /// <summary>What sort of thing is meant.</summary>
    public static OfflineKind ToKind(this OfflineSort sort) =>
        sort == OfflineSort.Album ? OfflineKind.Album : OfflineKind.Track;

    /// <summary>What is kept.</summary>
    public static DesktopOfflineItems ToMessage(this IEnumerable<OfflineItem> items) =>
        new() { Items = { items.Select(ToMessage) } };

    /// <summary>One thing of it.</summary>
    public static DesktopOfflineItem ToMessage(this OfflineItem item) => new()
    {
        Sort = item.Kind == OfflineKind.Album ? OfflineSort.Album : OfflineSort.Track,
        Id = item.Id,
        Title = item.Title,
        Artists = { item.Artists },
        Tracks = item.Tracks,
        Kept = item.Kept,
        Problem = item.Problem,
    };

    /// <summary>How it stands.</summary>
    public static DesktopOffline ToMessage(this OfflineStatus status) => new()
    {
        Tracks = status.Tracks,
        Kept = status.Kept,
        Bytes = status.Bytes,
        MaxBytes = status.MaxBytes,
        Fetching = status.Fetching,
        FetchedBytes = status.FetchedBytes,
        FetchingBytes = status.FetchingBytes,
        UntilUnixMs = status.Until?.ToUnixTimeMilliseconds() ?? 0,
        Refusal = status.Refusal,
        Coming = status.IsComing,
    };

    /// <summary>Devices.</summary>
    public static OfflineDeviceList ToMessage(this IEnumerable<OfflineDeviceInfo> devices) =>
        new() { Devices = { devices.Select(ToMessage) } };

    private static OfflineDevice ToMessage(OfflineDeviceInfo device)
    {
        return new OfflineDevice
        {
            Client = ByteString.CopyFrom(device.Client.Bits.ToArray()),
            Device = device.Name,
            Tracks = device.Tracks,
            SeenUnixMs = device.Seen.ToUnixTimeMilliseconds(),
            Current = device.IsThis,
        };
    }
}
