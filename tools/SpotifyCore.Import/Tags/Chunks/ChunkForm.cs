namespace SpotifyCore.Import.Tags.Chunks;

/// <summary>How a file of chunks writes their sizes.</summary>
internal enum ChunkForm
{
    /// <summary>32 bits, the lowest byte first: RIFF.</summary>
    LittleEndian,

    /// <summary>32 bits, the highest byte first: AIFF.</summary>
    BigEndian,

    /// <summary>64 bits, the highest byte first: DSDIFF.</summary>
    LargeBigEndian,
}
