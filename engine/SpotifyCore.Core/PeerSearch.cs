namespace SpotifyCore.Core;

/// <summary>Which search found a peer that is said to have a file.</summary>
[Flags]
public enum PeerSearch : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The tracker named one.</summary>
    Tracker = 1,

    /// <summary>A neighbour has it, or knows one of its own that has it.</summary>
    Overlay = 2,
}
