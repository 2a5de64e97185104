using System.Numerics;
using System.Runtime.InteropServices;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Loudness;

/// <summary>
/// Multiplies samples by a factor that glides when it changes, so that a change makes no click. Owned by one
/// thread.
/// </summary>
internal sealed class GainRamp
{
    /// <summary>How long a change takes: 20 ms.</summary>
    public const int Length = AudioFormat.SampleRate / 50;

    private float _factor = 1;
    private float _target = 1;
    private int _remaining;

    /// <summary>Has the factor from the next sample on.</summary>
    public void Jump(float factor)
    {
        _factor = _target = factor;
        _remaining = 0;
    }

    /// <summary>Reaches the factor over the next <see cref="Length"/> samples.</summary>
    public void Glide(float factor)
    {
        _target = factor;
        _remaining = factor == _factor ? 0 : Length;
    }

    /// <summary>Multiplies in place; leaves samples alone, bit for bit, at a factor of 1.</summary>
    public void Apply(Span<float> interleaved)
    {
        while (_remaining > 0 && !interleaved.IsEmpty)
        {
            _factor += (_target - _factor) / _remaining--;
            for (var channel = 0; channel < AudioFormat.Channels; channel++)
                interleaved[channel] *= _factor;

            interleaved = interleaved[AudioFormat.Channels..];
        }

        if (_factor != 1)
            Multiply(interleaved, _factor);
    }

    private static void Multiply(Span<float> samples, float factor)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] *= factor;

        foreach (ref var sample in samples[(vectors.Length * Vector<float>.Count)..])
            sample *= factor;
    }
}
