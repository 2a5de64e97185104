namespace SpotifyCore.Delivery.Buffering;

/// <summary>When the next track of the queue is fetched; the figures are those of Kreitz and Niemelä 2010.</summary>
public sealed class PrefetchOptions
{
    /// <summary>False to fetch nothing before its turn.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Its peers are asked once the current track has so much left; 30 s.</summary>
    public TimeSpan PeersAt { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Its head is asked of production once the current track has so much left; 10 s.</summary>
    public TimeSpan HeadAt { get; set; } = TimeSpan.FromSeconds(10);
}
