namespace SpotifyCore.Codec.Ogg;

/// <summary>The header type of a page (RFC 3533 section 6).</summary>
[Flags]
internal enum OggPageFlags : byte
{
    /// <summary>An ordinary page.</summary>
    None = 0,

    /// <summary>The first segments belong to a packet that began on an earlier page.</summary>
    Continued = 1,

    /// <summary>The first page of its stream.</summary>
    First = 2,

    /// <summary>The last page of its stream.</summary>
    Last = 4,
}
