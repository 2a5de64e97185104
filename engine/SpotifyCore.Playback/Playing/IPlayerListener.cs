using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Feeding;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// Hears what the player does. Called on the player's thread, between two blocks of sound: it must not block, and
/// may call the player back. Every track given to a player ends in exactly one <see cref="Ended"/> or
/// <see cref="Failed"/>. Timestamps are of the player's <see cref="TimeProvider"/>.
/// </summary>
public interface IPlayerListener
{
    /// <summary>The first PCM of a play was handed to the output, at <paramref name="timestamp"/>.</summary>
    void Sounding(PlayId play, long timestamp);

    /// <summary>
    /// Something moved: a chunk was taken from the feed, the first sound or another second was handed to the output, or
    /// the player was paused.
    /// </summary>
    /// <param name="play">The sounding play, or the next when it is being decoded ahead.</param>
    /// <param name="epoch">
    /// The <see cref="ChunkFeed.Epoch"/> of the feed that the player has come to: an older one than the feed's while a
    /// seek has not reached the player, whose position is then of the place before.
    /// </param>
    /// <param name="nextChunk">The first chunk the player has not taken; after a seek, the first it needs.</param>
    /// <param name="position">
    /// The sample being heard, counted from the start of what a listener hears; negative while what came before it still
    /// sounds.
    /// </param>
    void Advanced(PlayId play, int epoch, uint nextChunk, long position);

    /// <summary>
    /// The output was dry for <paramref name="length"/>, over 10 ms, and sounds again (or the play ended
    /// there).
    /// </summary>
    void Stuttered(PlayId play, TimeSpan length);

    /// <summary>
    /// A play that should sound has fallen silent, for want of its next chunk, or sounds again. In real time alone; a
    /// play that ends meanwhile says no more.
    /// </summary>
    void SilenceChanged(PlayId play, bool isSilent);

    /// <summary>A play is over; where it is crossfaded, once the next one rises.</summary>
    /// <param name="play">Which one.</param>
    /// <param name="samples">Samples per channel handed to the output in all, those that still fade out included.</param>
    /// <param name="end">Whether it came to its end.</param>
    /// <param name="timestamp">When its last sample was handed over, before what fades out.</param>
    void Ended(PlayId play, long samples, PlayEnd end, long timestamp);

    /// <summary>A play can't go on; what was decoded has been sounded, and the next track, if any, follows.</summary>
    /// <param name="play">Which one.</param>
    /// <param name="failure">Why.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="timestamp">When its last sample was handed over; when it failed, if none was.</param>
    void Failed(PlayId play, PlayFailure failure, string reason, long timestamp);

    /// <summary>
    /// All that was handed over has been heard, or is on disk, or never will be as the output failed; nothing follows.
    /// </summary>
    void Drained();
}
