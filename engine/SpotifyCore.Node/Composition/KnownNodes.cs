using Microsoft.Extensions.Options;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Placement;
using SpotifyCore.Node.Configuration;
using SpotifyCore.Node.Links;
using SpotifyCore.Protocol.Fetching;

namespace SpotifyCore.Node.Composition;

/// <summary>The other nodes that a node was told of, with a link to each; owns the links.</summary>
internal sealed class KnownNodes : IAsyncDisposable
{
    private readonly List<ReconnectingPeer> _links;

    private KnownNodes(OwnerMap owners, IReadOnlyList<ReconnectingPeer> siblings, IEnumerable<PeerId> trusted)
    {
        Owners = owners;
        Siblings = siblings;
        Trusted = trusted.ToHashSet();
        _links = [.. owners.Links.Values, .. siblings];
    }

    /// <summary>The masters, by the files they own.</summary>
    public OwnerMap Owners { get; }

    /// <summary>The storage nodes that are asked before master.</summary>
    public IReadOnlyList<ReconnectingPeer> Siblings { get; }

    /// <summary>The nodes that need no ticket here.</summary>
    public IReadOnlySet<PeerId> Trusted { get; }

    /// <summary>As a storage node knows them: its siblings ask without a ticket.</summary>
    public static KnownNodes OfStorage(
        NodeSettings settings, int copies, IReadOnlyList<NodeAddress> siblings, Func<NodeAddress, ReconnectingPeer> linkTo)
    {
        var placement = new RendezvousPlacement(settings.Masters.Select(static master => master.Id!.Value), copies);
        return new KnownNodes(
            new OwnerMap(placement, settings.Masters.Select(linkTo)),
            [.. siblings.Select(linkTo)],
            [.. settings.Trusted, .. siblings.Select(static sibling => sibling.Id!.Value)]);
    }

    /// <summary>As a master node knows them: the other masters ask without a ticket.</summary>
    public static KnownNodes OfMaster(
        NodeSettings settings, int copies, PeerId self, Func<NodeAddress, ReconnectingPeer> linkTo)
    {
        var ids = settings.Masters.Select(static master => master.Id!.Value).DefaultIfEmpty(self).ToArray();
        if (!ids.Contains(self))
            throw new OptionsValidationException(
                "", typeof(NodeOptions), [$"Masters lacks this node itself: {self}"]);

        var others = settings.Masters.Where(master => master.Id != self).Select(linkTo);
        return new KnownNodes(
            new OwnerMap(new RendezvousPlacement(ids, copies), others, self), [], [.. settings.Trusted, .. ids]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
            await link.DisposeAsync();
    }
}
