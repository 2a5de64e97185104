namespace SpotifyCore.Core;

/// <summary>What the client's line to the network costs.</summary>
public enum LineKind : byte
{
    /// <summary>Nothing a byte: peers are used.</summary>
    Unmetered = 0,

    /// <summary>A phone's, or one that is paid by the byte: servers only, nothing is uploaded.</summary>
    Metered,

    /// <summary>There is none: nobody is connected until there is one again.</summary>
    Offline,
}
