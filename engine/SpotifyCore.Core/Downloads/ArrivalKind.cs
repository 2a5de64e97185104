namespace SpotifyCore.Core.Downloads;

/// <summary>The four things that a received chunk can be.</summary>
internal enum ArrivalKind : byte
{
    /// <summary>An answer to a request that is over.</summary>
    Stray = 0,

    /// <summary>A chunk that came from elsewhere in the meantime.</summary>
    Unused,

    /// <summary>Not what the manifest says.</summary>
    Wrong,

    /// <summary>Verified, and the first of its index.</summary>
    Taken,
}
