using SpotifyCore.Delivery.Buffering;
using SpotifyCore.Delivery.Downloads;
using SpotifyCore.Delivery.Nodes;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;
using SpotifyCore.Swarm.Searching;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Core;

/// <summary>The policies that a client core is composed of, wired to each other.</summary>
internal sealed class CoreParts
{
    /// <summary>Keeps the chance of searches apart from that of other parts.</summary>
    private const ulong SearchSeed = 0x5EA4C45EA4C45EA4;

    public CoreParts(ClientCoreOptions options, IChunkJudge judge)
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
        Ledger = new RequestLedger(Requests, judge);
        Scheduler = new DownloadScheduler(options.Downloads, LookAhead, Nodes, Peers, Requests);
        Silence = new SilenceWatch(options.Downloads, Links, options.Nodes.Silence);
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

    public DownloadScheduler Scheduler { get; }

    public SilenceWatch Silence { get; }
}
