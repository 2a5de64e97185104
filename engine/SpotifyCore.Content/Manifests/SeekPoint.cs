namespace SpotifyCore.Content.Manifests;

/// <summary>
/// Where decoding can begin in a chunk: the first Ogg page that starts in it.
/// </summary>
/// <param name="Offset">Bytes from the chunk's start to the page, or <see cref="None"/>.</param>
/// <param name="Sample">
/// The 48 kHz sample, counted from the start of the stream with pre-skip included, at which that page's
/// first packet begins. Where no page starts in the chunk: that of the last page before it.
/// </param>
public readonly record struct SeekPoint(ushort Offset, ulong Sample)
{
    /// <summary>The offset that says that no page starts in the chunk.</summary>
    public const ushort None = ushort.MaxValue;

    /// <summary>Length of the wire form: 2 bytes of offset, 6 bytes of sample, little-endian.</summary>
    public const int Size = 8;
}
