namespace SpotifyCore.Core.Buffering;

/// <summary>How far the prefetching of the next track may go.</summary>
internal enum PrefetchPhase : byte
{
    /// <summary>Nothing is fetched yet.</summary>
    Wait = 0,

    /// <summary>It is opened, and peers are asked.</summary>
    Peers,

    /// <summary>Its head is asked of production too.</summary>
    Head,
}
