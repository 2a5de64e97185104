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
    /// <summary>The longest <see cref="Crossfade"/>: 12 s, as the original had it.</summary>
    public static readonly TimeSpan LongestCrossfade = TimeSpan.FromSeconds(12);

    private readonly PlayerInbox _inbox = new();
    private readonly PlayerLoop _loop;
    private readonly Thread _thread;
    private volatile LoudnessMode _loudness;
    private volatile int _volume = 100;
    private long _crossfade;
    private int _disposed;

    /// <summary>
    /// Starts the player's thread. The output stays the caller's, but is the player's to use until <see
    /// cref="Dispose"/> returns.
    /// </summary>
    /// <exception cref="DllNotFoundException">libopus was asked for and is not installed.</exception>
    public Player(IAudioOutput output, PlayerOptions options, IPlayerListener listener, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(time);
        if (new PlayerOptionsValidator().Validate(null, options) is { Failed: true } wrong)
            throw new ArgumentException(wrong.FailureMessage, nameof(options));

        _loudness = options.Loudness;
        _loop = new PlayerLoop(_inbox, output, options, listener, time);
        _thread = new Thread(_loop.Run)
        {
            Name = "SpotifyCore player",
            IsBackground = true,
            Priority = ThreadPriority.AboveNormal,
        };
        _thread.Start();
    }

    /// <summary>Which level is evened out; a change glides in within 20 ms.</summary>
    public LoudnessMode Loudness
    {
        get => _loudness;
        set
        {
            _loudness = value;
            _inbox.Post(new(PlayerCommandKind.SetLoudness) { Loudness = value });
        }
    }

    /// <summary>
    /// How loud, from 0 to 100 percent of what the output gives; a change glides in within 20 ms. The factor of the
    /// samples is its cube, by which equal steps sound equal; 100 leaves them alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 100.</exception>
    public int Volume
    {
        get => _volume;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
            _volume = value;
            var share = value / 100f;
            _inbox.Post(new(PlayerCommandKind.SetVolume) { Volume = share * share * share });
        }
    }

    /// <summary>
    /// How long the end of a track and the beginning of the next sound together; zero, as at first, for one directly
    /// behind the other. At most half of either track; tracks that are <see cref="PlayableTrack.IsSeamless"/> and those
    /// that come too late follow as if it were zero. Counts from the next seam on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Negative, or above <see cref="LongestCrossfade"/>.
    /// </exception>
    public TimeSpan Crossfade
    {
        get => new(Volatile.Read(ref _crossfade));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestCrossfade);
            Volatile.Write(ref _crossfade, value.Ticks);
            _inbox.Post(new(PlayerCommandKind.SetCrossfade) { Overlap = AudioFormat.SamplesIn(value) });
        }
    }

    /// <summary>
    /// Ends what plays and what is next, and takes up <paramref name="track"/>: decodes ahead, but hands nothing to the
    /// output before <see cref="BeginSounding"/> names its play. Starting does not resume a paused player.
    /// </summary>
    public void Start(PlayableTrack track)
    {
        ArgumentNullException.ThrowIfNull(track);
        _inbox.Post(new(PlayerCommandKind.Start) { Track = track });
    }

    /// <summary>Lets the started track sound.</summary>
    public void BeginSounding(PlayId play) => _inbox.Post(new(PlayerCommandKind.BeginSounding) { Play = play });

    /// <summary>
    /// Says what follows the playing track without a gap; replaces what was said before as long as none of it has been
    /// handed to the output. When nothing plays, the track starts at once and needs no gate.
    /// </summary>
    public void SetNext(PlayableTrack track)
    {
        ArgumentNullException.ThrowIfNull(track);
        _inbox.Post(new(PlayerCommandKind.SetNext) { Track = track });
    }

    /// <summary>
    /// Ends a play that was to follow, also when the player has gone over to it meanwhile: what was handed to the output of
    /// it is heard.
    /// </summary>
    public void TakeBack(PlayId play) => _inbox.Post(new(PlayerCommandKind.TakeBack) { Play = play });

    /// <summary>
    /// Goes to a sample of a track that plays or is next, exactly; past its end is its end. The feed's window has moved
    /// when this returns, so chunks from its <see cref="Feeding.ChunkFeed.Next"/> on can be offered at once.
    /// </summary>
    /// <returns>False when <paramref name="play"/> is over or was never given to this player.</returns>
    public bool Seek(PlayId play, long sample) => _inbox.TrySeek(play, sample);

    /// <summary>Stops the sound where it is. Decoding goes on until the decode-ahead is full.</summary>
    public void Pause() => _inbox.Post(new(PlayerCommandKind.Pause));

    /// <summary>Lets the sound go on.</summary>
    public void Resume() => _inbox.Post(new(PlayerCommandKind.Resume));

    /// <summary>Ends what plays and what is next, dropping what was not yet heard.</summary>
    public void Stop() => _inbox.Post(new(PlayerCommandKind.Stop));

    /// <summary>Stops, and waits for the player's thread. Not to be called by the listener.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        _inbox.Post(new(PlayerCommandKind.Close));
        _thread.Join();
        _loop.Dispose();
        _inbox.Dispose();
    }
}
