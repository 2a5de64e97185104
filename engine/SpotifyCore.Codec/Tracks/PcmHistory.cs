namespace SpotifyCore.Codec.Tracks;

/// <summary>Remembers the last samples of a stream. Allocates at construction only.</summary>
internal sealed class PcmHistory(int length)
{
    // Twice the room, so that the kept samples move to the front only now and then.
    private readonly short[] _samples = new short[2 * length];
    private int _filled;

    /// <summary>The last samples, all of them until there are more than fit.</summary>
    public ReadOnlySpan<short> Last => _samples.AsSpan(Math.Max(0, _filled - length), Math.Min(_filled, length));

    public void Add(ReadOnlySpan<short> samples)
    {
        if (samples.Length > length)
            samples = samples[^length..];

        if (_filled + samples.Length > _samples.Length)
        {
            var kept = Last;
            kept.CopyTo(_samples);
            _filled = kept.Length;
        }

        samples.CopyTo(_samples.AsSpan(_filled));
        _filled += samples.Length;
    }
}
