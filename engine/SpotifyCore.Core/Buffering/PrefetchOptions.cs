namespace SpotifyCore.Core.Buffering;

/// <summary>When the next track of the queue is fetched. [K]: Kreitz and Niemelä 2010.</summary>
public sealed class PrefetchOptions
{
    /// <summary>False to fetch nothing before its turn.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Its peers are asked for its head once the current track has so much left: as soon as that is safe, because
    /// listeners skip. The original began at 30 s [K].
    /// </summary>
    public TimeSpan PeersAt { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The current track is safe with so much music ahead, or all of it: then the line has room.</summary>
    public TimeSpan SafeAhead { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Its head is asked of production once the current track has so much left; 10 s [K].</summary>
    public TimeSpan HeadAt { get; set; } = TimeSpan.FromSeconds(10);
}
