using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Playback.Playing;

/// <summary>All the player needs to sound a track once. Given to one player, once.</summary>
/// <param name="Play">Names the play in everything the player reports.</param>
/// <param name="Manifest">What the file is and how it sounds.</param>
/// <param name="Key">Unseals its chunks.</param>
/// <param name="Album">The level of its album, or <see cref="LoudnessLevel.None"/>.</param>
/// <param name="Feed">Where its chunks arrive, still sealed and already verified.</param>
public sealed record PlayableTrack(
    PlayId Play, Manifest Manifest, ContentKey Key, LoudnessLevel Album, ChunkFeed Feed)
{
    /// <summary>True when it goes on where the track before it ends, as on an album: the two are not crossfaded.</summary>
    public bool IsSeamless { get; init; }
}
