using System.Runtime.Intrinsics;

namespace SpotifyCore.Import.Measuring;

/// <summary>
/// The true peak of one channel: the highest of its samples and of what BS.1770 finds between each two of them, by four
/// filters of 12 taps.
/// </summary>
internal sealed class TruePeakMeter
{
    private const int Taps = 12;
    private const int BlockFrames = 4_096;
    private const float FullScale = 32_768;

    // The standard's table: two filters, and the same backwards.
    private static readonly float[][] Filters = WithReversed(
    [
        0.0017089843750f, 0.0109863281250f, -0.0196533203125f, 0.0332031250000f, -0.0594482421875f, 0.1373291015625f,
        0.9721679687500f, -0.1022949218750f, 0.0476074218750f, -0.0266113281250f, 0.0148925781250f, -0.0083007812500f,
    ],
    [
        -0.0291748046875f, 0.0292968750000f, -0.0517578125000f, 0.0891113281250f, -0.1665039062500f, 0.4650878906250f,
        0.7797851562500f, -0.2003173828125f, 0.1015625000000f, -0.0582275390625f, 0.0330810546875f, -0.0189208984375f,
    ]);

    // Before the first sample, and behind the last, is silence.
    private readonly float[] _samples = new float[Taps - 1 + BlockFrames];
    private int _filled = Taps - 1;
    private Vector256<float> _highest;

    /// <summary>Takes every so-manieth of some samples, the first among them.</summary>
    public void Add(ReadOnlySpan<short> samples, int every)
    {
        for (var i = 0; i < samples.Length; i += every)
        {
            _samples[_filled++] = samples[i] / FullScale;
            if (_filled == _samples.Length)
                Measure();
        }
    }

    /// <summary>The peak of all that came; 1.0 is full scale.</summary>
    public float Finish()
    {
        var isCut = _filled > BlockFrames;
        _samples.AsSpan(_filled).Clear();
        Measure();
        if (isCut)
        {
            _samples.AsSpan(Taps - 1).Clear();
            Measure();
        }

        var highest = 0f;
        for (var i = 0; i < Vector256<float>.Count; i++)
            highest = MathF.Max(highest, _highest[i]);

        return highest;
    }

    // Of all the room: what is not filled is silence.
    private void Measure()
    {
        for (var at = 0; at < BlockFrames; at += Vector256<float>.Count)
        {
            var window = _samples.AsSpan(at, Taps - 1 + Vector256<float>.Count);
            _highest = Vector256.Max(_highest, Vector256.Abs(Vector256.Create(window[(Taps - 1)..])));
            foreach (var filter in Filters)
            {
                var between = Vector256<float>.Zero;
                for (var tap = 0; tap < Taps; tap++)
                    between += Vector256.Create(window[tap..]) * filter[tap];

                _highest = Vector256.Max(_highest, Vector256.Abs(between));
            }
        }

        _samples.AsSpan(BlockFrames, Taps - 1).CopyTo(_samples);
        _filled = Taps - 1;
    }

    private static float[][] WithReversed(float[] first, float[] second) =>
        [first, second, [.. second.Reverse()], [.. first.Reverse()]];
}
