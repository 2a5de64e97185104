namespace SpotifyCore.Simulator.Catalogue;

/// <summary>What there is to play. Sources: FACTS means the published figures, assumed means tools/README.md.</summary>
internal sealed record CatalogueOptions
{
    /// <summary>Tracks.</summary>
    public int Tracks { get; init; } = 1_143;

    /// <summary>Zipf's exponent of what is newly discovered; see tools/README.md for how it was found.</summary>
    public double Exponent { get; init; } = 1.0;

    /// <summary>Bits a second (FACTS).</summary>
    public int BitsPerSecond { get; init; } = 160_000;

    /// <summary>Mean length of a track (FACTS).</summary>
    public double MeanSeconds { get; init; } = 240;

    /// <summary>Deviation of the logarithm of lengths (assumed).</summary>
    public double LengthSigma { get; init; } = 0.35;

    /// <summary>Tracks of an album: 8 to 16, each as likely (assumed).</summary>
    public int LeastAlbum { get; init; } = 8;

    /// <summary>The longest album.</summary>
    public int MostAlbum { get; init; } = 16;

    /// <summary>How much the tracks of one album differ in popularity: deviation of the logarithm (assumed).</summary>
    public double AlbumSigma { get; init; } = 1.0;

    /// <summary>Tracks for each public playlist (assumed).</summary>
    public int TracksPerPlaylist { get; init; } = 20;

    /// <summary>Mean length of a playlist (assumed).</summary>
    public int MeanPlaylist { get; init; } = 30;
}
