using System.Text.Json.Nodes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What a program reads, a line a thing. The field names are kept.</summary>
internal static class JsonLines
{
    public static string Track(Track track) => new JsonObject
    {
        ["track"] = track.Track_,
        ["title"] = track.Title,
        ["artists"] = Artists(track),
        ["album"] = track.AlbumTitle,
        ["duration_ms"] = track.DurationMs,
    }.ToJsonString();

    public static string Status(Status status) => new JsonObject
    {
        ["state"] = status.State.ToString().ToLowerInvariant(),
        ["advert"] = status.Advert,
        ["waits_for"] = status.WaitsFor.ToString().ToLowerInvariant(),
        ["track"] = status.Track?.Track_,
        ["title"] = status.Track?.Title,
        ["artists"] = Artists(status.Track),
        ["album"] = status.Track?.AlbumTitle,
        ["position_ms"] = status.PositionMs,
        ["duration_ms"] = status.DurationMs,
        ["buffered_ms"] = status.BufferedMs,
        ["account"] = status.Account,
        ["online"] = status.Online,
        ["ended_account"] = status.EndedAccount,
        ["problem"] = status.Problem,
        ["queued"] = status.Queued,
        ["repeat"] = status.Repeat.ToString().ToLowerInvariant(),
        ["shuffled"] = status.Shuffled,
        ["volume_percent"] = status.VolumePercent,
        ["crossfade_ms"] = status.CrossfadeMs,
        ["taken_by"] = status.Taken ? status.TakenBy : null,
        ["play"] = status.Play is null ? null : Play(status.Play),
    }.ToJsonString();

    public static string Stats(Stats stats, IEnumerable<PlayReport> plays) => new JsonObject
    {
        ["plays"] = new JsonArray([.. plays.Select(Play)]),
        ["played"] = Bytes(stats.Played),
        ["uploaded"] = stats.Uploaded,
        ["cache_bytes"] = stats.CacheBytes,
        ["cache_limit"] = stats.CacheLimit,
        ["connections"] = stats.Connections,
        ["uploads"] = UploadLines.Json(stats.Uploads),
    }.ToJsonString();

    private static JsonArray? Artists(Track? track) => track is null ? null
        : new JsonArray([.. track.Artists.Select(static artist => JsonValue.Create(artist))]);

    private static JsonObject Play(PlayReport play) => new()
    {
        ["track"] = play.Track,
        ["title"] = play.Described?.Title,
        ["advert"] = play.Advert,
        ["cold"] = play.Cold,
        ["clicked"] = play.Clicked,
        ["start_ms"] = play.StartMs < 0 ? null : Math.Round(play.StartMs, 2),
        ["bytes"] = Bytes(play.Bytes),
        ["stutters"] = play.Stutters,
        ["samples"] = play.Samples,
        ["ended"] = play.Ended,
    };

    private static JsonObject Bytes(BytesBySource bytes) => new()
    {
        ["cache"] = bytes.Cache,
        ["peers"] = bytes.Peers,
        ["production"] = bytes.Production,
        ["master"] = bytes.Master,
    };
}
