using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Listening;

/// <summary>What the world is like, apart from the rules of streaming: frozen once it was calibrated.</summary>
internal sealed record WorldModel
{
    /// <summary>Tracks for each client: the original had 7 M users a week and 8 M tracks (FACTS).</summary>
    public const double TracksPerClient = 8.0 / 7;

    /// <summary>
    /// The one parameter that was calibrated: the share of what is heard that the listener had kept, before any cache
    /// is too small and any file too incomplete; on the cache's share of bytes, 55.4 % (FACTS), in scenario "paper".
    /// </summary>
    public double KeptShare { get; init; } = 0.56;

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
            Catalogue = new CatalogueOptions { Tracks = tracks, Exponent = ExponentOf(tracks) },
            Population = new PopulationOptions { Clients = clients, CacheTracks = CacheTracksOf(tracks) },
        };
    }

    /// <summary>
    /// Zipf's exponent of discoveries with which 88 % of all plays go to 12 % of the tracks (FACTS): a small catalogue
    /// needs a larger one. Found with warm-ups for 1,000 to 10,000 clients; a test holds it.
    /// </summary>
    public static double ExponentOf(int tracks) => Math.Max(1.01, 1.28 - (0.1 * Math.Log(tracks / 11_429.0)));

    /// <summary>
    /// A full cache: 500 tracks at 10,000 clients, so that the mean number of copies of a track is near the original's;
    /// fewer in a smaller world, where that many would hold most of the catalogue.
    /// </summary>
    public static int CacheTracksOf(int tracks) => Math.Max(8, (int)Math.Round(500 * Math.Pow(tracks / 11_429.0, 0.7)));

    /// <summary>Tracks that lie in a client's cache when the run begins.</summary>
    public int KeptBy(ClientProfile client) => Math.Max(1, (int)(client.CacheTracks * Population.Filled));

    /// <summary>The world of a seed: catalogue, clients, and <see cref="ListeningOptions.Familiar"/> found.</summary>
    public ListenerWorld Make(ulong seed)
    {
        var catalogue = new MusicCatalogue(Catalogue, seed);
        var clients = ClientPopulation.Make(Population, seed);
        var familiar = ListeningHistory.Find(catalogue, clients, this, seed);
        var complete = this with { Listening = Listening with { Familiar = familiar } };
        return new ListenerWorld(complete, catalogue, clients, seed);
    }
}
