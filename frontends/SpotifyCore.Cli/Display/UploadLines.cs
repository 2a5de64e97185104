using System.Text.Json.Nodes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What goes up to other listeners, for people and for programs.</summary>
internal static class UploadLines
{
    private const int NameLength = 8;

    /// <summary>How it stands, and how much went to whom.</summary>
    public static IEnumerable<string> Text(Uploads uploads)
    {
        var settings = uploads.Settings;
        var cap = settings.MaxBytesPerSecond > 0 ? "set" : uploads.Measured ? "measured" : "until it is measured";
        yield return $"Giving to others is {State(uploads.Hold)}: now {ByteCount.Format(uploads.BytesPerSecond)} a second,"
            + $" at most {ByteCount.Format(uploads.LimitBytesPerSecond)} ({cap})"
            + (settings.LanOnly ? "; same LAN only" : "")
            + (settings.Metered ? "; metered line" : "");
        yield return $"This month {ByteCount.Format(uploads.MonthBytes)} were given"
            + (settings.MonthlyBytes > 0 ? $", of at most {ByteCount.Format(settings.MonthlyBytes)}" : "; there is no budget");
        if (uploads.Bytes > 0)
        {
            yield return $"Since the start {ByteCount.Format(uploads.Bytes)}:"
                + $" {ByteCount.Format(uploads.PlayingBytes)} for what others play,"
                + $" {ByteCount.Format(uploads.PrefetchBytes)} for what they play next,"
                + $" {ByteCount.Format(uploads.OfflineBytes)} for what they keep";
        }

        if (uploads.Waiting > 0)
            yield return $"{TextLines.Count(uploads.Waiting, "request")} of others wait";
        foreach (var peer in uploads.Peers)
        {
            yield return $"  listener {Name(peer)}  given {ByteCount.Format(peer.Given),10}"
                + $"  got {ByteCount.Format(peer.Received),10}"
                + (peer.Given > 0 || peer.Active ? $"  for what they {Purpose(peer)}" : "")
                + (peer.Active ? ", now" : "");
        }
    }

    /// <summary>Who can connect to this listener.</summary>
    public static string Outside(Uploads uploads) => uploads.Outside.Length > 0
        ? $"Listeners everywhere can connect to this one, at {uploads.Outside}"
        : "Listeners of other networks can't connect to this one by themselves (the router opens no port);"
            + " they ask it to connect to them";

    public static JsonObject Json(Uploads uploads) => new()
    {
        ["hold"] = uploads.Hold switch
        {
            UploadHold.OwnBuffer => "own-buffer",
            var hold => Lower(hold),
        },
        ["bytes_per_second"] = Math.Round(uploads.BytesPerSecond),
        ["limit_bytes_per_second"] = Math.Round(uploads.LimitBytesPerSecond),
        ["measured"] = uploads.Measured,
        ["bytes"] = uploads.Bytes,
        ["month_bytes"] = uploads.MonthBytes,
        ["playing_bytes"] = uploads.PlayingBytes,
        ["prefetch_bytes"] = uploads.PrefetchBytes,
        ["offline_bytes"] = uploads.OfflineBytes,
        ["chunks"] = uploads.Chunks,
        ["waiting"] = uploads.Waiting,
        ["outside"] = uploads.Outside,
        ["settings"] = new JsonObject
        {
            ["enabled"] = uploads.Settings.Enabled,
            ["max_bytes_per_second"] = uploads.Settings.MaxBytesPerSecond,
            ["lan_only"] = uploads.Settings.LanOnly,
            ["monthly_bytes"] = uploads.Settings.MonthlyBytes,
            ["metered"] = uploads.Settings.Metered,
        },
        ["peers"] = new JsonArray([.. uploads.Peers.Select(static peer => new JsonObject
        {
            ["peer"] = peer.Peer,
            ["given"] = peer.Given,
            ["received"] = peer.Received,
            ["purpose"] = Lower(peer.Purpose),
            ["active"] = peer.Active,
        })]),
    };

    private static string State(UploadHold hold) => hold switch
    {
        UploadHold.Off => "off",
        UploadHold.Line => "held, as the line is metered",
        UploadHold.Budget => "held, as the month's budget is used up",
        UploadHold.OwnBuffer => "held, as the own music comes first",
        _ => "on",
    };

    private static string Purpose(UploadPeer peer) => peer.Purpose switch
    {
        UploadPurpose.Prefetch => "play next",
        UploadPurpose.Offline => "keep",
        _ => "play",
    };

    // Listeners are not told by name; so much of an id tells some of them apart.
    private static string Name(UploadPeer peer) =>
        peer.Peer.Length >= NameLength ? peer.Peer[..NameLength] : "unknown";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
