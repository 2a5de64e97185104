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
        yield return $"Uploads {State(uploads.Hold)}: {ByteCount.Format(uploads.BytesPerSecond)}/s of at most"
            + $" {ByteCount.Format(uploads.LimitBytesPerSecond)}/s ({cap})"
            + (settings.LanOnly ? "; same LAN only" : "")
            + (settings.Metered ? "; metered line" : "");
        yield return $"This month {ByteCount.Format(uploads.MonthBytes)}"
            + (settings.MonthlyBytes > 0 ? $" of {ByteCount.Format(settings.MonthlyBytes)}" : ", no budget");
        yield return $"Since the start {ByteCount.Format(uploads.Bytes)}:"
            + $" playing {ByteCount.Format(uploads.PlayingBytes)},"
            + $" prefetch {ByteCount.Format(uploads.PrefetchBytes)}, offline {ByteCount.Format(uploads.OfflineBytes)};"
            + $" {uploads.Chunks} chunks on their way, {uploads.Waiting} requests wait";
        yield return uploads.Outside.Length > 0
            ? $"The router passes {uploads.Outside} on to this listener"
            : "No router is known to pass connections on";
        foreach (var peer in uploads.Peers)
        {
            yield return $"  {Name(peer)}  given {ByteCount.Format(peer.Given),10}"
                + $"  got {ByteCount.Format(peer.Received),10}"
                + (peer.Given > 0 || peer.Active ? $"  for {Lower(peer.Purpose)}" : "")
                + (peer.Active ? "  now" : "");
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
        UploadHold.Line => "held (metered line)",
        UploadHold.Budget => "held (the month's budget is used up)",
        UploadHold.OwnBuffer => "held (the own buffer comes first)",
        _ => "on",
    };

    private static string Name(UploadPeer peer) => peer.Peer.Length > 0 ? peer.Peer : "unknown";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
