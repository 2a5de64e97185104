using System.Runtime.InteropServices;
using SpotifyCore.Codec.Resampling;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Sources;

/// <summary>The samples of a part at 48 kHz, out of what ffmpeg gives at another rate.</summary>
/// <param name="inner">What ffmpeg gives, to its end; the caller's.</param>
/// <param name="form">What it is.</param>
/// <param name="givesFloats">True to give floats of 32 bit; else integers of 16, cut at full scale.</param>
internal sealed class ResamplingStream(Stream inner, PcmForm form, bool givesFloats) : SequentialStream
{
    private const int BlockSamples = 16 * 1024;

    private readonly Resampler _resampler = new(form.Channels, form.Rate);
    private readonly byte[] _block = new byte[BlockSamples * (form.IsFloat ? sizeof(float) : sizeof(short))];
    private readonly float[] _taken = new float[BlockSamples];
    private readonly float[] _made = new float[BlockSamples];
    private ReadOnlyMemory<float> _waiting;
    private bool _isEnded;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int made;
        while ((made = Make(buffer.Span)) == 0 && !_isEnded)
            await TakeAsync(cancellationToken);

        return made;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    private int Make(Span<byte> buffer)
    {
        if (givesFloats)
            return _resampler.Read(MemoryMarshal.Cast<byte, float>(buffer)) * sizeof(float);

        var integers = MemoryMarshal.Cast<byte, short>(buffer);
        var made = _resampler.Read(_made.AsSpan(0, Math.Min(_made.Length, integers.Length)));
        PcmSamples.ToIntegers(_made.AsSpan(0, made), integers, PcmSamples.FullScale);
        return made * sizeof(short);
    }

    private async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        if (_waiting.IsEmpty)
        {
            var read = await inner.ReadAtLeastAsync(
                _block, _block.Length, throwOnEndOfStream: false, cancellationToken);
            _waiting = _taken.AsMemory(0, Convert(_block.AsSpan(0, read)));
        }

        // What ffmpeg was ended in may be half a sample.
        if (_waiting.IsEmpty)
        {
            _isEnded = true;
            _resampler.Finish();
        }
        else
        {
            _waiting = _waiting[_resampler.Push(_waiting.Span)..];
        }
    }

    private int Convert(ReadOnlySpan<byte> block)
    {
        var samples = block.Length / (form.IsFloat ? sizeof(float) : sizeof(short)) / form.Channels * form.Channels;
        var taken = _taken.AsSpan(0, samples);
        if (form.IsFloat)
        {
            // What is none would be heard in all that is near it.
            MemoryMarshal.Cast<byte, float>(block)[..samples].CopyTo(taken);
            foreach (ref var sample in taken)
                sample = PcmSamples.IsSound(sample) ? sample : 0;
        }
        else
        {
            PcmSamples.ToFloats(MemoryMarshal.Cast<byte, short>(block)[..samples], taken);
        }

        return samples;
    }
}
