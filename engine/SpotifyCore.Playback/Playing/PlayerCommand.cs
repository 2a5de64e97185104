using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// Something a player was told, on its way to the player's thread; only what its kind needs is set.
/// </summary>
internal readonly record struct PlayerCommand(PlayerCommandKind Kind)
{
    /// <summary>The track to start, to play next, or none.</summary>
    public PlayableTrack? Track { get; init; }

    /// <summary>The play to sound, to take back or to seek in.</summary>
    public PlayId Play { get; init; }

    /// <summary>Where to seek to.</summary>
    public SeekPlan Plan { get; init; }

    /// <summary>The feed's epoch after the seek.</summary>
    public int Epoch { get; init; }

    /// <summary>The level to even out.</summary>
    public LoudnessMode Loudness { get; init; }

    /// <summary>The factor of the volume.</summary>
    public float Volume { get; init; }

    /// <summary>Samples per channel that two tracks sound together.</summary>
    public int Overlap { get; init; }
}
