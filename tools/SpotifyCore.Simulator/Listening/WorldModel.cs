using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Listening;

/// <summary>What the world is like, apart from the rules of streaming: frozen once it was calibrated.</summary>
public sealed record WorldModel
{
    /// <summary>Tracks for each client: the original had 7 M users a week and 8 M tracks (FACTS).</summary>
    public const double TracksPerClient = 8.0 / 7;

    /// <summary>What there is to play.</summary>
    public required CatalogueOptions Catalogue { get; init; }

    /// <summary>Who listens.</summary>
    public required PopulationOptions Population { get; init; }

    /// <summary>How they listen.</summary>
    public ListeningOptions Listening { get; init; } = new();

    /// <summary>The world of this many clients: catalogue and caches in proportion.</summary>
    public static WorldModel Of(int clients)
    {
        var tracks = Math.Max(64, (int)Math.Round(clients * TracksPerClient));
        return new WorldModel
        {
            Catalogue = new CatalogueOptions { Tracks = tracks },
            Population = new PopulationOptions { Clients = clients, CacheTracks = CacheTracksOf(tracks) },
        };
    }

    /// <summary>
    /// A full cache: 12 % of the catalogue, at most 500 tracks, so that mean copies a track come near the original's.
    /// </summary>
    public static int CacheTracksOf(int tracks) => Math.Min(500, (int)(tracks * 0.12));

    /// <summary>Tracks that lie in a client's cache when the run begins.</summary>
    public int KeptBy(ClientProfile client) => Math.Max(1, (int)(client.CacheTracks * Population.Filled));
}
