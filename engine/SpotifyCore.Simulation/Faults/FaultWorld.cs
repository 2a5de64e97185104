using SpotifyCore.Core.Delivery;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Faults;

/// <summary>Draws a small world: lines, routers, liars, caches, limits.</summary>
internal static class FaultWorld
{
    public const int Tracks = 60;

    private const int Regions = 3;

    public static World Make(FaultOptions options, Dice dice)
    {
        var world = new World(new WorldOptions
        {
            Seed = options.Seed,
            ChecksAll = true,
            LossShare = dice.Happens(0.5) ? dice.Scale(0.0005, 0.03) : 0,
            RoundTripWithin = dice.Seconds(0.005, 0.06),
            RoundTripBetween = dice.Seconds(0.06, 0.3),
            PlayerReportsTake = dice.Seconds(0, 0.05),
            TimersOffBy = dice.Seconds(0, 0.015),
        });
        for (var i = 0; i < Tracks; i++)
            world.Tracks.Add(dice.Seconds(5, 300), dice.Pick([96_000, 160_000, 320_000]));

        for (var i = 0; i < 1 + dice.Below(3); i++)
            world.AddStorageNode(Node(dice));

        for (var i = 0; i < options.Clients; i++)
            Fill(world, world.AddClient(Client(dice)), dice);

        return world;
    }

    private static NodeSpec Node(Dice dice) => new()
    {
        Region = dice.Below(Regions),
        UpBytesPerSecond = dice.Scale(1e6, 1e8),
        CacheBytes = (long)dice.Scale(5e6, 1e9),
        MasterLatency = dice.Seconds(0.02, 3),
        MasterBytesPerSecond = dice.Scale(5e5, 5e7),
        MostConnections = dice.Happens(0.2) ? 20 : 1_000,
    };

    private static ClientSpec Client(Dice dice)
    {
        var capped = dice.Happens(0.3) ? (int)dice.Scale(10_000, 500_000) : 0;
        var hard = dice.Happens(0.3) ? 4 + dice.Below(10) : 60;
        var paced = !dice.Happens(0.1);
        return new ClientSpec
        {
            Region = dice.Below(Regions),
            DownBytesPerSecond = dice.Scale(60_000, 2e7),
            UpBytesPerSecond = dice.Scale(30_000, 5e6),
            Lan = dice.Happens(0.2) ? 1 + dice.Below(4) : 0,
            IsReachable = dice.Happens(0.5),
            IsPhone = dice.Happens(0.05),
            CacheBytes = (long)dice.Scale(3e6, 1e9),
            ChunksPerReport = dice.Happens(0.5) ? 1 : 8,
            Lies = dice.Happens(0.1) ? (LieKind)(1 + dice.Below(3)) : LieKind.None,
            Core = () =>
            {
                var options = new ClientCoreOptions { IsPaced = paced };
                options.Uploads.MaxBytesPerSecond = capped;
                (options.Neighbours.HardLimit, options.Neighbours.SoftLimit) = (hard, Math.Max(1, hard - 3));
                return options;
            },
        };
    }

    private static void Fill(World world, SimClient client, Dice dice)
    {
        for (var left = dice.Below(20); left > 0; left--)
            world.Fill(client, dice.Below(Tracks));
    }
}
