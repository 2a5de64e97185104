using System.Text.Json.Serialization;

namespace SpotifyCore.Simulator.Sessions;

/// <summary>Bytes played, by tier.</summary>
internal sealed record SessionBytes(long Cache, long Peers, long Production, long Master)
{
    /// <summary>All of them.</summary>
    [JsonIgnore]
    public long Total => Cache + Peers + Production + Master;
}
