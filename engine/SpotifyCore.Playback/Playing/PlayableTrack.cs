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
    /// <summary>Samples decoded and dropped before a seek's target, so that the decoder has converged: 80 ms (RFC 7845 4.6).</summary>
    public const int PreRoll = 3_840;

    /// <summary>The chunk that a seek to <paramref name="sample"/> of what is heard needs first.</summary>
    public static uint ChunkFor(Manifest manifest, long sample) =>
        manifest.ChunkAt((ulong)Math.Max(0, sample + manifest.PreSkip - PreRoll));
}
