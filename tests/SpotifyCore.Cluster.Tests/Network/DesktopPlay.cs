using System.Text.Json;
using SpotifyCore.Client;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>A play as the listener's command reports it.</summary>
internal sealed record DesktopPlay(
    bool Cold, double? StartMilliseconds, BytesBySource Bytes, int Stutters, long Samples, bool Ended)
{
    public static DesktopPlay Read(JsonElement play)
    {
        var bytes = play.GetProperty("bytes");
        var start = play.GetProperty("start_ms");
        return new DesktopPlay(
            play.GetProperty("cold").GetBoolean(),
            start.ValueKind == JsonValueKind.Null ? null : start.GetDouble(),
            new BytesBySource(
                bytes.GetProperty("cache").GetInt64(),
                bytes.GetProperty("peers").GetInt64(),
                bytes.GetProperty("production").GetInt64(),
                bytes.GetProperty("master").GetInt64()),
            play.GetProperty("stutters").GetInt32(),
            play.GetProperty("samples").GetInt64(),
            play.GetProperty("ended").GetBoolean());
    }
}
