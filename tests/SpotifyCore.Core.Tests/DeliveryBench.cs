using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Nodes;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Core.Tests;

/// <summary>
/// The parts of delivery wired to each other, with links that a test opens by hand and a verifier that it sets.
/// </summary>
internal sealed class DeliveryBench : IChunkVerifier
{
    public ActionBuffer Actions { get; } = new(64);

    public DeliveryBench()
    {
        Nodes = new NodeLinks(NodeOptions, Links, seed: 1);
        Peers = new PeerChoice(Options, Links);
        Ledger = new RequestLedger(Requests, this);
        Scheduler = new DownloadScheduler(Options, new LookAhead(Buffer), Nodes, Peers, Requests);
    }

    public DownloadOptions Options { get; } = new();

    public NodeOptions NodeOptions { get; } = new();

    /// <summary>The original's: rules are tested apart from what they are set to.</summary>
    public BufferOptions Buffer { get; } = new()
    {
        LowMark = TestDownload.Seconds(3), Head = TestDownload.Seconds(15), PeerLookAhead = TimeSpan.MaxValue,
    };

    public LinkTable Links { get; } = new();

    public RequestTable Requests { get; } = new();

    public NodeLinks Nodes { get; }

    public PeerChoice Peers { get; }

    public RequestLedger Ledger { get; }

    public DownloadScheduler Scheduler { get; }

    public bool Approves { get; set; } = true;

    public bool Matches(int slot, Manifest manifest, uint index, int length) => Approves;

    public Link AddPeer(FileId file, double bytesPerSecond = 64_000)
    {
        var speed = new PeerSpeed(bytesPerSecond, 0.25);
        var link = new Link(new ConnectionId(-1 - Links.Count), isNode: false, default, speed, TestDownload.Now);
        (link.State, link.RequestLimit) = (LinkState.Open, 64);
        link.Holdings.Set(file, HoldingState.Whole);
        Links.Add(link);
        return link;
    }

    /// <summary>Makes these the nodes, all connected.</summary>
    public Link[] AddNodes(int count)
    {
        Nodes.Use([.. Enumerable.Range(1, count).Select(i => new NodeAddress(new PeerId((UInt128)i), "node", i))]);
        for (var i = 1; i <= count; i++)
            Nodes.Ensure(NodeNeed.Playing, TestDownload.Now - (NodeOptions.ConnectHedge * (count - i)), Actions);

        var nodes = Links.All.Where(link => link.IsNode).ToArray();
        foreach (var node in nodes)
            (node.State, node.RequestLimit) = (LinkState.Open, 64);

        Actions.Clear();
        return nodes;
    }

    /// <summary>The requests sent since the last look: to whom, from which chunk, how many.</summary>
    public (ConnectionId To, uint First, uint Count)[] Asked()
    {
        var asked = Actions.Of<SendMessage>().ToArray()
            .Where(action => action.Message.Kind == PeerMessageKind.ChunkRequest)
            .Select(action => (action.Connection, action.Message.Chunk, action.Message.Count)).ToArray();
        Actions.Clear();
        return asked;
    }
}
