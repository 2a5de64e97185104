using SpotifyCore.Codec.Opus;
using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// The tracks that a player has at a time: the one that sounds, the one that follows it, and the end of the one before,
/// as long as that fades out under the first. For the player's thread.
/// </summary>
internal sealed class Voices : IDisposable
{
    private readonly Crossfade _crossfade;
    private TrackVoice _fading;
    private LoudnessMode _loudness;
    private float _volume = 1;
    private int _overlap;

    /// <summary>Makes silent voices.</summary>
    /// <param name="codec">Decodes.</param>
    /// <param name="aheadSamples">Samples per channel that each decodes ahead.</param>
    /// <param name="block">Most samples per channel handed out at once.</param>
    /// <param name="loudness">Which level is evened out at first.</param>
    public Voices(IOpusCodec codec, int aheadSamples, int block, LoudnessMode loudness)
    {
        _loudness = loudness;
        _crossfade = new Crossfade(block);
        Current = new TrackVoice(codec, aheadSamples);
        Next = new TrackVoice(codec, aheadSamples);
        _fading = new TrackVoice(codec, aheadSamples);
    }

    /// <summary>The track that sounds, or is about to.</summary>
    public TrackVoice Current { get; private set; }

    /// <summary>The track that follows.</summary>
    public TrackVoice Next { get; private set; }

    /// <summary>True while the end of a track that is over still sounds.</summary>
    public bool IsFading => _fading.Ahead > 0;

    /// <summary>
    /// Samples per channel that can be handed out: of the current track no more than up to where it is to fade out; where
    /// there is none, or nothing of it is here, of what fades out.
    /// </summary>
    public int Ahead =>
        IsFadingAlone ? _fading.Ahead
        : Current.Left > Overlap ? (int)Math.Min(Current.Ahead, Current.Left - Overlap)
        : Current.Ahead;

    /// <summary>True while what fades out sounds, and nothing of the track that rises is here.</summary>
    public bool IsFadingAlone => IsFading && Current.Ahead == 0;

    /// <summary>True when so little is left of the current track that it is to fade out, and the next can rise.</summary>
    public bool MayCrossfade => IsTimeToCrossfade && Current.IsDecoded && (Next.IsFull || Next.IsDecoded);

    /// <summary>True while it is time to, and one of the two is not decoded so far: who has no haste waits.</summary>
    public bool AwaitsCrossfade => IsTimeToCrossfade && !MayCrossfade;

    private int Overlap => Next is { Track.IsSeamless: false } ? Math.Min(Current.Overlap, Next.Overlap) : 0;

    private bool IsTimeToCrossfade =>
        Current is { Failure: null, HandedOut: > 0, Left: > 0 }
        && Current.Left <= Overlap
        && Next.Failure is null
        && !IsFading;

    /// <summary>A voice takes up a track.</summary>
    /// <param name="voice">One of these.</param>
    /// <param name="track">The track.</param>
    /// <param name="arrived">Called, by any thread, when its feed has more.</param>
    public void Load(TrackVoice voice, PlayableTrack track, Action arrived)
    {
        voice.Load(track, arrived);
        voice.SetLevel(_loudness, _volume);
    }

    /// <summary>Changes which level is evened out.</summary>
    public void SetLoudness(LoudnessMode loudness)
    {
        _loudness = loudness;
        SetLevels();
    }

    /// <summary>Changes the factor of all samples.</summary>
    public void SetVolume(float volume)
    {
        _volume = volume;
        SetLevels();
    }

    /// <summary>Changes how many samples per channel two tracks sound together; 0 for none.</summary>
    public void SetOverlap(int samples)
    {
        if (_overlap == samples)
            return;

        _overlap = samples;
        Current.SetOverlap(samples);
        Next.SetOverlap(samples);
        _fading.SetOverlap(samples);
    }

    /// <summary>Moves the next samples out, as many as there are <see cref="Ahead"/> at most.</summary>
    public void HandOut(Span<float> interleaved)
    {
        if (IsFadingAlone)
            interleaved.Clear();
        else
            Current.HandOut(interleaved);

        if (IsFading)
            _crossfade.Mix(interleaved, _fading);
    }

    /// <summary>The current track is over: the next is current.</summary>
    public void GoOver() => (Current, Next) = (Next, Current);

    /// <summary>What is left of the current track fades out; the next is current.</summary>
    public void BeginCrossfade()
    {
        _crossfade.Begin(Current.Ahead, Current.Peak, Next.Peak);
        Current.CloseFeed();
        (_fading, Current, Next) = (Current, Next, _fading);
        Next.Clear();
    }

    /// <summary>What fades out is over.</summary>
    public void EndCrossfade() => _fading.Clear();

    public void Dispose()
    {
        Current.Dispose();
        Next.Dispose();
        _fading.Dispose();
    }

    private void SetLevels()
    {
        Current.SetLevel(_loudness, _volume);
        Next.SetLevel(_loudness, _volume);
        _fading.SetLevel(_loudness, _volume);
    }
}
