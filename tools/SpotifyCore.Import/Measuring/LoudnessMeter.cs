using System.Runtime.Intrinsics;
using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Import.Measuring;

/// <summary>
/// Measures a track of 48 kHz by EBU R128 (ITU-R BS.1770): integrated loudness and true peak. The same samples give the
/// same measure on every machine, in whatever portions they come. Used by one thread; allocates nothing per sample.
/// </summary>
/// <param name="channels">1 or 2; a mono track is measured as it sounds, from two loudspeakers.</param>
internal sealed class LoudnessMeter(int channels)
{
    private const float FullScale = 32_768;

    // Of 100 ms: a quarter of what is gated at a time, as blocks of 400 ms overlap by three quarters.
    private const int StepFrames = OpusFormat.SampleRate / 10;
    private const int StepsOfBlock = 4;

    // Machines differ in the last bits of a logarithm.
    private const float Grain = 100;

    private readonly KWeighting _weighting = new();
    private readonly LoudnessGate _gate = new();
    private readonly TruePeakMeter[] _peaks = channels == 1 ? [new()] : [new(), new()];
    private readonly double[] _steps = new double[StepsOfBlock];
    private double _power;
    private int _frames;
    private long _stepCount;

    /// <summary>Takes samples of 16 bit, interleaved; whole frames.</summary>
    public void Add(ReadOnlySpan<short> interleaved)
    {
        for (var channel = 0; channel < _peaks.Length; channel++)
            _peaks[channel].Add(interleaved[channel..], _peaks.Length);

        for (var i = 0; i < interleaved.Length; i += _peaks.Length)
        {
            _power += _weighting.PowerOf(Vector128.Create(
                interleaved[i] / (double)FullScale, interleaved[i + _peaks.Length - 1] / (double)FullScale));
            if (++_frames == StepFrames)
                EndStep();
        }
    }

    /// <summary>How loud all was that came.</summary>
    public Loudness Finish()
    {
        var peak = 0f;
        foreach (var channel in _peaks)
            peak = MathF.Max(peak, channel.Finish());

        return new Loudness(
            MathF.Round((float)_gate.Integrated * Grain) / Grain,
            MathF.Round(peak * Grain * Grain) / (Grain * Grain));
    }

    private void EndStep()
    {
        _steps[_stepCount++ % StepsOfBlock] = _power;
        if (_stepCount >= StepsOfBlock)
            _gate.Add((_steps[0] + _steps[1] + _steps[2] + _steps[3]) / (StepsOfBlock * StepFrames));

        (_power, _frames) = (0, 0);
        _weighting.Settle();
    }
}
