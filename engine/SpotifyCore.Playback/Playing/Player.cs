using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Loudness;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// Turns sealed chunks into sound on a thread of its own: unseals, decodes, levels and hands PCM to one output,
/// track after track without a gap. Every method may be called from any thread and returns at once; what came of it
/// is told to the listener.
/// </summary>
public sealed class Player : IDisposable
{
    /// <summary>Starts the player's thread. The output stays the caller's, but is the player's to use until <see cref="Dispose"/> returns.</summary>
    public Player(IAudioOutput output, PlayerOptions options, IPlayerListener listener, TimeProvider time) =>
        throw new NotSupportedException();

    /// <summary>Which level is evened out; a change glides in within 20 ms.</summary>
    public LoudnessMode Loudness
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Ends what plays and what is next, and takes up <paramref name="track"/>: decodes ahead, but hands nothing to the
    /// output before <see cref="BeginSounding"/> names its play. Starting does not resume a paused player.
    /// </summary>
    public void Start(PlayableTrack track) => throw new NotSupportedException();

    /// <summary>Lets the started track sound.</summary>
    public void BeginSounding(PlayId play) => throw new NotSupportedException();

    /// <summary>
    /// Says what follows the playing track without a gap; replaces what was said before as long as none of it has been
    /// handed to the output. Null: nothing follows. When nothing plays, the track starts at once and needs no gate.
    /// </summary>
    public void SetNext(PlayableTrack? track) => throw new NotSupportedException();

    /// <summary>
    /// Goes to a sample of the playing track, exactly; past its end is its end. The feed's window has moved when this
    /// returns, so chunks from <see cref="PlayableTrack.ChunkFor"/> on can be offered at once.
    /// </summary>
    /// <returns>False when <paramref name="play"/> is not the one playing.</returns>
    public bool Seek(PlayId play, long sample) => throw new NotSupportedException();

    /// <summary>Stops the sound where it is. Decoding goes on until the decode-ahead is full.</summary>
    public void Pause() => throw new NotSupportedException();

    /// <summary>Lets the sound go on.</summary>
    public void Resume() => throw new NotSupportedException();

    /// <summary>Ends what plays and what is next, dropping what was not yet heard.</summary>
    public void Stop() => throw new NotSupportedException();

    /// <summary>Stops, and waits for the player's thread. Not to be called by the listener.</summary>
    public void Dispose() => throw new NotSupportedException();
}
