namespace SpotifyCore.Codec.Ogg;

/// <summary>One packet of a stream, a view into the reader's buffer.</summary>
internal readonly ref struct OpusPacket(ReadOnlySpan<byte> data, ulong position, int samples, int kept)
{
    /// <summary>What the decoder takes. Valid until the reader's next call.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>
    /// The 48 kHz sample at which it begins, counted from the start of the stream, pre-skip included.
    /// </summary>
    public ulong Position { get; } = position;

    /// <summary>Samples per channel it decodes to.</summary>
    public int Samples { get; } = samples;

    /// <summary>Samples, from its first, that belong to the stream: fewer than all where the end is trimmed.</summary>
    public int Kept { get; } = kept;
}
