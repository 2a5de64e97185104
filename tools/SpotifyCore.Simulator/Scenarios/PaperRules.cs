using SpotifyCore.Core.Delivery;

namespace SpotifyCore.Simulator.Scenarios;

/// <summary>
/// The original's rules (FACTS, "How it streamed"), as options of this engine's core. What the core does otherwise and
/// no option undoes is listed in tools/README.md.
/// </summary>
internal static class PaperRules
{
    /// <summary>A client of the original.</summary>
    public static ClientCoreOptions Core()
    {
        var options = new ClientCoreOptions();
        Stream(options);
        Share(options);
        return options;
    }

    private static void Stream(ClientCoreOptions options)
    {
        options.Buffer.LowMark = TimeSpan.FromSeconds(3);
        options.Buffer.Head = TimeSpan.FromSeconds(15);
        options.Buffer.LookAhead = TimeSpan.FromSeconds(15);
        options.Buffer.PeerLookAhead = TimeSpan.MaxValue;
        options.Buffer.PeerHead = TimeSpan.MaxValue;
        options.Buffer.StartAlone = TimeSpan.Zero;
        options.Prefetch.SafeAhead = TimeSpan.Zero;
        options.Prefetch.PeersAt = TimeSpan.FromSeconds(30);
        options.Prefetch.HeadAt = TimeSpan.FromSeconds(10);
        options.Downloads.OutstandingPerPeer = TimeSpan.FromSeconds(2);
        options.Downloads.OutstandingPerPeerAtLeast = 32 * 1024;
    }

    private static void Share(ClientCoreOptions options)
    {
        // Whole files alone, four at once, as fast as the line goes.
        options.Uploads.Parts = false;
        options.Uploads.Slots = 4;
        options.Uploads.MaxBytesPerSecond = int.MaxValue;

        // All ten peers at once; neighbours stay until there are too many; nobody is asked to connect back.
        options.Neighbours.SoftLimit = 50;
        options.Neighbours.HardLimit = 60;
        options.Neighbours.PeersPerFile = 10;
        options.Neighbours.FirstPeersPerFile = 10;
        options.Neighbours.KeptNeighbours = 50;
        options.Neighbours.Reachable = false;

        // The overlay is searched each time, through all neighbours and all of theirs.
        options.Search.EnoughPeers = int.MaxValue;
        options.Search.FanOut = options.Neighbours.HardLimit;
        options.Search.PassOn = options.Neighbours.HardLimit;
        options.Search.Hops = 1;
    }
}
