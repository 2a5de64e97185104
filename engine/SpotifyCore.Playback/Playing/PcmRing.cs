using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// Decoded sound that the output has not taken yet. Bounded, owned by one thread, allocates when it is made and
/// grows.
/// </summary>
internal sealed class PcmRing(int capacity)
{
    private float[] _samples = new float[capacity * AudioFormat.Channels];
    private int _start;
    private int _held;

    /// <summary>Samples per channel held.</summary>
    public int Count => _held / AudioFormat.Channels;

    /// <summary>Samples per channel that fit.</summary>
    public int Room => (_samples.Length - _held) / AudioFormat.Channels;

    /// <summary>Adds samples, for which there must be room.</summary>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        var end = (_start + _held) % _samples.Length;
        var straight = Math.Min(interleaved.Length, _samples.Length - end);
        interleaved[..straight].CopyTo(_samples.AsSpan(end));
        interleaved[straight..].CopyTo(_samples.AsSpan(0, _start));
        _held += interleaved.Length;
    }

    /// <summary>
    /// Moves samples out to fill <paramref name="interleaved"/>, of which at least as many must be held.
    /// </summary>
    public void Read(Span<float> interleaved)
    {
        var straight = Math.Min(interleaved.Length, _samples.Length - _start);
        _samples.AsSpan(_start, straight).CopyTo(interleaved);
        _samples.AsSpan(0, interleaved.Length - straight).CopyTo(interleaved[straight..]);
        _start = (_start + interleaved.Length) % _samples.Length;
        _held -= interleaved.Length;
    }

    /// <summary>Has room for so many samples per channel, and keeps what it holds.</summary>
    public void Grow(int capacity)
    {
        if (capacity * AudioFormat.Channels <= _samples.Length)
            return;

        var grown = new float[capacity * AudioFormat.Channels];
        var held = _held;
        Read(grown.AsSpan(0, held));
        (_samples, _start, _held) = (grown, 0, held);
    }

    /// <summary>Drops everything.</summary>
    public void Clear() => _start = _held = 0;
}
