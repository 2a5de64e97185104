using System.Globalization;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What a listener reads, a line a thing.</summary>
internal static class TextLines
{
    public static string Track(Track track)
    {
        var album = track.AlbumTitle.Length > 0 ? $" ({track.AlbumTitle})" : "";
        return $"{track.Track_}  {Position.Format(track.DurationMs),7}  {Name(track)}{album}";
    }

    public static string Name(Track? track) => track switch
    {
        null => "nothing",
        { Title: "" } => track.Track_,
        { Artists.Count: 0 } => track.Title,
        _ => $"{string.Join(", ", track.Artists)} - {track.Title}",
    };

    public static string Status(Status status)
    {
        if (status.State == PlayState.Stopped)
            return status.Problem.Length > 0 ? $"Stopped: {status.Problem}" : "Stopped.";

        var state = status.State switch
        {
            PlayState.Opening or PlayState.Waiting => Waiting(status),
            PlayState.Paused => "paused",
            _ => "playing",
        };
        var start = status.Play is { StartMs: >= 0 } play ? $"  start {Milliseconds(play.StartMs)}" : "";
        var buffer = (status.BufferedMs / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
        var position = $"{Position.Format(status.PositionMs)}/{Position.Format(status.DurationMs)}";
        return $"{state}  {Name(status.Track)}  {position}  buffer {buffer} s{start}  {Shares(status.Play?.Bytes)}";
    }

    /// <summary>What a track waits for that should sound.</summary>
    public static string Waiting(Status status) => status.WaitsFor switch
    {
        WaitsFor.AccessPoint => "waiting for the access point",
        WaitsFor.Source => "waiting for a storage node or another listener",
        _ => "waiting for data",
    };

    /// <summary>The share of bytes by source, in whole percent.</summary>
    public static string Shares(BytesBySource? bytes)
    {
        var total = bytes is null ? 0 : bytes.Cache + bytes.Peers + bytes.Production + bytes.Master;
        return $"cache {Percent(bytes?.Cache, total)}  peers {Percent(bytes?.Peers, total)}"
            + $"  production {Percent(bytes?.Production, total)}  master {Percent(bytes?.Master, total)}";
    }

    public static string Milliseconds(double milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms");

    public static string Percent(long? part, long total) =>
        string.Create(CultureInfo.InvariantCulture, $"{(total == 0 ? 0 : 100.0 * (part ?? 0) / total):0} %");
}
