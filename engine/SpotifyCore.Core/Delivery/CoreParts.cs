using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Nodes;
using SpotifyCore.Core.Searching;
using SpotifyCore.Core.Uploads;

namespace SpotifyCore.Core.Delivery;

/// <summary>The policies that a client core is composed of, wired to each other.</summary>
internal sealed class CoreParts
{
    /// <summary>Keeps the chance of searches apart from that of other parts.</summary>
    private const ulong SearchSeed = 0x5EA4C45EA4C45EA4;
    private const ulong RetrySeed = 0x4E7241A64E7241A6;

    public CoreParts(ClientCoreOptions options, IChunkVerifier verifier)
    {
        Options = options;
        Neighbourhood = new Neighbourhood(options.Neighbours, Links, options.Self);
        Recruiting = new Recruiting(options.Neighbours, Links, Neighbourhood, options.Self);
        Search = new OverlaySearch(options.Search, Links, options.Seed ^ SearchSeed);
        Uploads = new UploadQueue(options.Uploads);
        Parts = new PartOffers(options.Uploads, Uploads);
        Nodes = new NodeLinks(options.Nodes, Links, options.Seed);
        Peers = new PeerChoice(options.Downloads, Links);
        LookAhead = new LookAhead(options.Buffer);
        Buffer = new BufferModel(options.Buffer);
        Prefetcher = new Prefetcher(options.Prefetch, Buffer);
        Ledger = new RequestLedger(Requests, verifier);
        Displacement = new Displacement(Peers, Requests, Ledger);
        Redirection = new Redirection(Nodes, Peers, Requests, Ledger);
        Scheduler = new DownloadScheduler(options.Downloads, LookAhead, Nodes, Peers, Requests);
        Stalls = new StallDetector(options.Downloads, Links, options.Nodes.Silence);
        Clock = new WakingClock(options.SleepAfter);
        Retry = new RetryTimer(options.Seed ^ RetrySeed);
    }

    public ClientCoreOptions Options { get; }

    public Recruiting Recruiting { get; }

    public OverlaySearch Search { get; }

    public LinkTable Links { get; } = new();

    public RequestTable Requests { get; } = new();

    public Neighbourhood Neighbourhood { get; }

    public UploadQueue Uploads { get; }

    public PartOffers Parts { get; }

    public NodeLinks Nodes { get; }

    public PeerChoice Peers { get; }

    public LookAhead LookAhead { get; }

    public BufferModel Buffer { get; }

    public Prefetcher Prefetcher { get; }

    public RequestLedger Ledger { get; }

    public Displacement Displacement { get; }

    public Redirection Redirection { get; }

    public DownloadScheduler Scheduler { get; }

    public StallDetector Stalls { get; }

    /// <summary>True while there is anybody to fetch from: a node or a peer is connected.</summary>
    public bool HasSource => Nodes.IsReachable || Links.HasOpenPeer;

    public WakingClock Clock { get; }

    public RetryTimer Retry { get; }

    public StreamClaim Claim { get; } = new();
}
