namespace SpotifyCore.Codec.Ogg;

/// <summary>A whole page, a view into the buffer it was read from.</summary>
internal readonly ref struct OggPage(OggPageHeader header, ReadOnlySpan<byte> segments, ReadOnlySpan<byte> body)
{
    /// <summary>The fixed part of its header.</summary>
    public OggPageHeader Header { get; } = header;

    /// <summary>Lengths of its segments; a packet ends with the first one below 255.</summary>
    public ReadOnlySpan<byte> Segments { get; } = segments;

    /// <summary>Its segments, one after another.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Bytes of the whole page.</summary>
    public int Length => OggPageHeader.Size + Segments.Length + Body.Length;
}
