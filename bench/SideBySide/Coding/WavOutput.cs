using System.Runtime.InteropServices;
using SpotifyCore.Codec.Opus;

namespace SpotifyCore.SideBySide.Coding;

/// <summary>A WAV file of 16 bits that is written as it is decoded.</summary>
internal sealed class WavOutput : IDisposable
{
    private readonly FileStream _file;
    private readonly short[] _samples = new short[OpusFormat.MaxPacketSamples * TestSound.Channels];
    private int _bytes;

    public WavOutput(string path)
    {
        _file = File.Create(path);
        TestSound.WriteHeader(_file, 0);
    }

    /// <summary>Adds samples, rounded to 16 bits.</summary>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        for (var i = 0; i < interleaved.Length; i++)
            _samples[i] = (short)Math.Clamp(MathF.Round(interleaved[i] * 32_768), short.MinValue, short.MaxValue);

        var bytes = MemoryMarshal.AsBytes<short>(_samples.AsSpan(0, interleaved.Length));
        _file.Write(bytes);
        _bytes += bytes.Length;
    }

    /// <summary>Says in the header how much came, and closes the file.</summary>
    public void Dispose()
    {
        _file.Position = 0;
        TestSound.WriteHeader(_file, _bytes);
        _file.Dispose();
    }
}
