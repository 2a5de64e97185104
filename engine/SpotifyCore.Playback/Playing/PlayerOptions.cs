using System.ComponentModel.DataAnnotations;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Playback.Playing;

/// <summary>How the player plays.</summary>
public sealed class PlayerOptions
{
    /// <summary>Which level is evened out at first; the player can change it while it plays.</summary>
    public LoudnessMode Loudness { get; set; } = LoudnessMode.Track;

    /// <summary>Which implementation of Opus decodes.</summary>
    public OpusCodecChoice Codec { get; set; }

    /// <summary>Most sound decoded before the output takes it; bounds what a seek throws away.</summary>
    [Range(100, 2_000)]
    public int DecodeAheadMilliseconds { get; set; } = 300;

    /// <summary>Sound that must be decoded before a dry output is fed again; at most the decode-ahead.</summary>
    [Range(0, 2_000)]
    public int RebufferMilliseconds { get; set; } = 200;
}
