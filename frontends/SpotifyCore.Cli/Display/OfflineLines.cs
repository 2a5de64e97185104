using System.Globalization;
using System.Text.Json.Nodes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>Music kept offline, for people and for programs.</summary>
internal static class OfflineLines
{
    private const int ShownOfClient = 8;

    /// <summary>What something that is kept is called.</summary>
    public static string Name(DesktopOfflineItem item) => item.Sort == OfflineSort.Album
        ? TextLines.Album(item.Title, item.Artists)
        : item.Artists.Count > 0 ? $"{item.Title} by {string.Join(", ", item.Artists)}" : item.Title;

    /// <summary>That it is to be kept.</summary>
    public static string Added(DesktopOfflineItem item) => item.Kept == item.Tracks
        ? $"{Name(item)} is kept."
        : $"{Name(item)} is to be kept: {item.Kept} of {TextLines.Count(item.Tracks, "track")} here.";

    /// <summary>A line of the list.</summary>
    public static string Of(DesktopOfflineItem item) => $"{Name(item)}  "
        + (item.Kept == item.Tracks ? "kept" : $"{item.Kept} of {item.Tracks} kept")
        + (item.Problem.Length > 0 ? $"; {item.Problem}" : "");

    /// <summary>How it all stands.</summary>
    public static IEnumerable<string> Of(DesktopOffline status)
    {
        if (status.Tracks == 0)
        {
            yield return "Nothing is kept offline; 'spotifycore offline add WORDS' keeps something.";
            yield break;
        }

        yield return $"{status.Kept} of {TextLines.Count(status.Tracks, "track")} kept,"
            + $" {ByteCount.Format(status.Bytes)} of at most {ByteCount.Format(status.MaxBytes)}";
        if (status.Fetching.Length > 0)
            yield return Progress(status);
        else if (status.Coming)
            yield return "The others come when somebody has them";
        if (status.Refusal.Length > 0)
            yield return status.Refusal;
        else if (status.UntilUnixMs > 0)
            yield return $"Plays without a network until {TimeOf(status.UntilUnixMs):yyyy-MM-dd HH:mm}, and longer when it was online";
    }

    /// <summary>How what comes now stands.</summary>
    public static string Progress(DesktopOffline status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Fetching {status.Fetching}: {Percent(status)} % ({status.Kept} of {status.Tracks} kept)");

    /// <summary>A device.</summary>
    public static string Of(OfflineDevice device) =>
        $"{ClientOf(device)[..ShownOfClient]}  {(device.Device.Length > 0 ? device.Device : "(no name)")}"
        + $"  {TextLines.Count(device.Tracks, "track")}  seen {TimeOf(device.SeenUnixMs):yyyy-MM-dd HH:mm}"
        + (device.Current ? "  this one" : "");

    /// <summary>The client's id.</summary>
    public static string ClientOf(OfflineDevice device) => Convert.ToHexStringLower(device.Client.Span).PadRight(ShownOfClient);

    /// <summary>Something that is kept, for programs.</summary>
    public static string Json(DesktopOfflineItem item) => new JsonObject
    {
        ["sort"] = item.Sort == OfflineSort.Album ? "album" : "track",
        ["id"] = item.Id,
        ["title"] = item.Title,
        ["artists"] = new JsonArray([.. item.Artists.Select(static artist => JsonValue.Create(artist))]),
        ["tracks"] = item.Tracks,
        ["kept"] = item.Kept,
        ["problem"] = item.Problem,
    }.ToJsonString();

    /// <summary>How it all stands, for programs.</summary>
    public static string Json(DesktopOffline status) => new JsonObject
    {
        ["tracks"] = status.Tracks,
        ["kept"] = status.Kept,
        ["bytes"] = status.Bytes,
        ["max_bytes"] = status.MaxBytes,
        ["fetching"] = status.Fetching,
        ["fetched_bytes"] = status.FetchedBytes,
        ["fetching_bytes"] = status.FetchingBytes,
        ["until_unix_ms"] = status.UntilUnixMs,
        ["refusal"] = status.Refusal,
        ["coming"] = status.Coming,
    }.ToJsonString();

    /// <summary>A device, for programs.</summary>
    public static string Json(OfflineDevice device) => new JsonObject
    {
        ["client"] = ClientOf(device),
        ["device"] = device.Device,
        ["tracks"] = device.Tracks,
        ["seen_unix_ms"] = device.SeenUnixMs,
        ["current"] = device.Current,
    }.ToJsonString();

    private static long Percent(DesktopOffline status) =>
        status.FetchingBytes == 0 ? 0 : status.FetchedBytes * 100 / status.FetchingBytes;

    private static DateTime TimeOf(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).LocalDateTime;
}
