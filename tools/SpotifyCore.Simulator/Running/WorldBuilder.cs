using SpotifyCore.Simulation;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;
using SpotifyCore.Simulator.Listening;
using SpotifyCore.Simulator.Population;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Running;

/// <summary>Builds the harness's world of a run: tracks, sites, clients with warm caches.</summary>
internal sealed class WorldBuilder(RunOptions options, ListenerWorld model)
{
    private const double SlowBytesPerSecond = 4_000;

    // Packets lost on home lines; assumed.
    private const double LossShare = 0.002;

    private static readonly LieKind[] Lies = [LieKind.WrongBytes, LieKind.WrongHaves, LieKind.EndlessPromises];

    private readonly RegionNumbers _regions = new(model.Model.Population.Lines);

    /// <summary>The track that is in nobody's cache before a release; -1 without one.</summary>
    public int Release { get; private set; } = -1;

    /// <summary>The world, with nobody online.</summary>
    public World Build()
    {
        var world = new World(new WorldOptions
        {
            Seed = options.Seed,
            LossShare = LossShare,
            AccessPointRegion = _regions.AccessPoint,
            NodesTold = RegionMap.Sites.Count,
            AnnouncesHeld = !options.Scenario.IsPaper,
        });
        _regions.Set(world);
        AddTracks(world);
        AddSites(world);
        return world;
    }

    /// <summary>Adds a client; its cache holds the listener's library, the dearest used last.</summary>
    public SimClient Add(World world, ClientProfile profile, Library library)
    {
        var bytes = model.Catalogue.Options.MeanSeconds * model.Catalogue.Options.BitsPerSecond / 8;
        var isSlow = profile.Behaviour == PeerBehaviour.Slow;
        var client = world.AddClient(new ClientSpec
        {
            DownBytesPerSecond = profile.Line.Down / 8,
            UpBytesPerSecond = isSlow ? SlowBytesPerSecond : profile.Line.Up / 8,
            Region = _regions.Of(profile),
            Site = RegionMap.SiteOf(profile.Region) == 0 ? "stockholm" : "london",
            IsReachable = profile.IsReachable,
            IsPhone = profile.Line.IsPhone,
            CacheBytes = (long)(profile.CacheTracks * bytes),
            Lies = profile.Behaviour == PeerBehaviour.Liar ? Lies[profile.Index % Lies.Length] : LieKind.None,
            Core = options.Scenario.Core,
        });
        for (var i = library.Tracks.Count - 1; i >= 0; i--)
            world.Fill(client, library.Tracks[i]);

        return client;
    }

    private void AddTracks(World world)
    {
        for (var track = 0; track < model.Catalogue.Count; track++)
        {
            var length = TimeSpan.FromSeconds(model.Catalogue.SecondsOf(track));
            world.Tracks.Add(length, model.Catalogue.Options.BitsPerSecond);
        }

        if (options.Scenario.Disturbance?.Kind == DisturbanceKind.Release)
            Release = world.Tracks.Add(TimeSpan.FromSeconds(model.Catalogue.Options.MeanSeconds));
    }

    private void AddSites(World world)
    {
        var servers = options.Scenario.Servers;
        var rate = servers.SiteBitsPerSecond(options.Clients) / 8;
        var kept = Kept(servers);
        for (var site = 0; site < RegionMap.Sites.Count; site++)
        {
            var node = world.AddStorageNode(new NodeSpec
            {
                UpBytesPerSecond = rate,
                DownBytesPerSecond = rate,
                Region = _regions.OfSite(site),
                CacheBytes = kept.Sum(world.Tracks.LengthOf),
                MasterLatency = servers.MasterLatency,
                MasterBytesPerSecond = servers.MasterBytesPerSecond,
            });
            foreach (var track in kept)
                node.Fill(track);
        }
    }

    /// <summary>
    /// What lies in a site's cache after weeks of such days: what is asked for most by those who lack it, in another
    /// day of the same people; what is asked for most, last.
    /// </summary>
    private int[] Kept(ServerOptions servers)
    {
        var room = (int)(servers.KeptShare * model.Catalogue.Count);
        var yesterday = new WarmUp(model.Catalogue, model.Clients, model.Model, model.Seed + 1);
        return [.. yesterday.MostMissed.Take(room).Reverse()];
    }
}
