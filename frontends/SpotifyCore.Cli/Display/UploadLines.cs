using System.Text.Json.Nodes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What goes up to other listeners, for people and for programs.</summary>
internal static class UploadLines
{
    public static IEnumerable<string> Text(Uploads uploads)
    {
        var settings = uploads.Settings;
        var cap = settings.MaxBytesPerSecond > 0 ? "set" : "measured";
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
        yield return uploads.Outside.Length > 0
            ? $"Others can connect: the router passes {uploads.Outside} on"
            : "No router passes connections on; others can still ask this listener to connect to them";
        foreach (var peer in uploads.Peers)
        {
            yield return $"  listener {Name(peer)}  given {ByteCount.Format(peer.Given),10}"
                + $"  got {ByteCount.Format(peer.Received),10}"
                + (peer.Given > 0 || peer.Active ? $"  for what they {Purpose(peer)}" : "")
                + (peer.Active ? ", now" : "");
        }
    }

    public static JsonObject Json(Uploads uploads) => new()
    {
        ["hold"] = uploads.Hold switch
        {
            UploadHold.OwnBuffer => "own-buffer",
            var hold => Lower(hold),
        },
        ["bytes_per_second"] = Math.Round(uploads.BytesPerSecond),
        ["limit_bytes_per_second"] = Math.Round(uploads.LimitBytesPerSecond),
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

    private static string Name(UploadPeer peer) => peer.Peer.Length > 0 ? peer.Peer : "unknown";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
