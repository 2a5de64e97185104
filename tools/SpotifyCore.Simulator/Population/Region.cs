namespace SpotifyCore.Simulator.Population;

/// <summary>Where a host is. The original had two sites, one overlay each.</summary>
internal enum Region
{
    /// <summary>Sweden; its site is Stockholm.</summary>
    Sweden,

    /// <summary>Norway, Denmark and Finland; their site is Stockholm.</summary>
    North,

    /// <summary>Britain; its site is London.</summary>
    Britain,

    /// <summary>France and Spain; their site is London.</summary>
    Continent,
}
