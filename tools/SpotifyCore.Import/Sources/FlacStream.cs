using System.Runtime.InteropServices;
using SpotifyCore.Codec.Flac;
using SpotifyCore.Import.Parts;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Sources;

/// <summary>The samples of a FLAC file as ffmpeg gives them, without it.</summary>
/// <param name="file">The file; the caller's.</param>
/// <param name="sound">Where in it they are.</param>
/// <param name="form">What is wanted of them, at their own rate and with their own channels.</param>
internal sealed class FlacStream(Stream file, FlacSound sound, PcmForm form) : SequentialStream
{
    private const int ShortBits = 16;

    private readonly FlacDecoder _decoder = Open(file, sound);
    private readonly float _scale = 1f / (1 << (sound.Info.BitsPerSample - 1));
    private readonly int _shift = sound.Info.BitsPerSample - ShortBits;
    private int _there;
    private int _given;

    /// <summary>Gives whole samples of all channels, as many as there is room for in what was decoded last.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_given == _there)
            (_there, _given) = (_decoder.ReadFrame(), 0);

        var size = form.Channels * (form.IsFloat ? sizeof(float) : sizeof(short));
        var frames = Math.Min(_there - _given, buffer.Length / size);
        for (var channel = 0; channel < form.Channels; channel++)
        {
            var samples = _decoder.SamplesOf(channel).Slice(_given, frames);
            if (form.IsFloat)
                ToFloats(samples, MemoryMarshal.Cast<byte, float>(buffer)[channel..]);
            else
                ToIntegers(samples, MemoryMarshal.Cast<byte, short>(buffer)[channel..]);
        }

        _given += frames;
        return frames * size;
    }

    private static FlacDecoder Open(Stream file, FlacSound sound)
    {
        file.Position = sound.Start;
        return new FlacDecoder(file, Math.Max(0, sound.End - sound.Start), sound.Info);
    }

    private void ToFloats(ReadOnlySpan<int> samples, Span<float> interleaved)
    {
        for (var i = 0; i < samples.Length; i++)
            interleaved[i * form.Channels] = samples[i] * _scale;
    }

    // What is longer than 16 bit is cut, what is shorter stands above.
    private void ToIntegers(ReadOnlySpan<int> samples, Span<short> interleaved)
    {
        for (var i = 0; i < samples.Length; i++)
            interleaved[i * form.Channels] = (short)(_shift >= 0 ? samples[i] >> _shift : samples[i] << -_shift);
    }
}
