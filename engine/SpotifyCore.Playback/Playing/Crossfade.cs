using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// How loud two tracks are while one fades out under the other: of equal power (cosine and sine), which keeps the
/// loudness of sounds that have nothing to do with each other; of equal gain (a line each) where that could pass full
/// scale. For one thread; allocates at construction only.
/// </summary>
/// <param name="block">Most samples per channel mixed at once.</param>
internal sealed class Crossfade(int block)
{
    private readonly float[] _under = new float[block * AudioFormat.Channels];
    private bool _hasEqualPower;
    private int _length;
    private int _mixed;

    /// <summary>Begins one.</summary>
    /// <param name="length">Its length, in samples per channel.</param>
    /// <param name="fadingPeak">The largest sample of the track that fades out; 1 is full scale.</param>
    /// <param name="risingPeak">The largest sample of the other.</param>
    public void Begin(int length, float fadingPeak, float risingPeak)
    {
        (_length, _mixed) = (length, 0);

        // The most that a cosine and a sine of these heights come to together is the root of this.
        _hasEqualPower = (fadingPeak * fadingPeak) + (risingPeak * risingPeak) <= 1;
    }

    /// <summary>Mixes what comes next of the track that fades out into the other.</summary>
    /// <param name="rising">Samples of the other, or silence; interleaved, at most a block.</param>
    /// <param name="fading">The track that fades out, of which all that is left is decoded.</param>
    public void Mix(Span<float> rising, TrackVoice fading)
    {
        var under = _under.AsSpan(0, Math.Min(rising.Length, fading.Ahead * AudioFormat.Channels));
        fading.HandOut(under);
        for (var i = 0; i < under.Length; i += AudioFormat.Channels)
        {
            var (up, down) = Gains((float)_mixed++ / _length);
            for (var channel = i; channel < i + AudioFormat.Channels; channel++)
                rising[channel] = (rising[channel] * up) + (under[channel] * down);
        }
    }

    private (float Up, float Down) Gains(float share) =>
        _hasEqualPower ? MathF.SinCos(share * MathF.PI / 2) : (share, 1 - share);
}
