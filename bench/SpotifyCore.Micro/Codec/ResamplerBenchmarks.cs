using BenchmarkDotNet.Attributes;
using SpotifyCore.Codec.Resampling;

namespace SpotifyCore.Micro.Codec;

/// <summary>A tenth of a second of stereo, brought to 48 kHz.</summary>
[MemoryDiagnoser]
public class ResamplerBenchmarks
{
    private readonly float[] _resampled = new float[4_096];
    private Resampler _resampler = null!;
    private float[] _samples = [];

    /// <summary>Samples a second of the source.</summary>
    [Params(44_100, 96_000)]
    public int Rate { get; set; } = 44_100;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _resampler = new Resampler(2, Rate);
        _samples = new float[Rate / 10 * 2];
        for (var i = 0; i < _samples.Length; i++)
            _samples[i] = (2 * random.NextSingle()) - 1;
    }

    [Benchmark]
    public int Resample()
    {
        var made = 0;
        for (var waiting = _samples.AsSpan(); !waiting.IsEmpty;)
        {
            waiting = waiting[_resampler.Push(waiting)..];
            while (_resampler.Read(_resampled) is > 0 and var read)
                made += read;
        }

        return made;
    }
}
