using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Placement;
using SpotifyCore.Protocol.Fetching;

namespace SpotifyCore.Node.Links;

/// <summary>The masters of a static list, by the files they own. Immutable, safe for any thread.</summary>
internal sealed class OwnerMap
{
    private readonly RendezvousPlacement _placement;
    private readonly Dictionary<PeerId, ReconnectingPeer> _links;
    private readonly PeerId? _self;

    /// <summary>Takes the list.</summary>
    /// <param name="placement">Who owns what.</param>
    /// <param name="links">The connections to all members but this node; the caller's.</param>
    /// <param name="self">This node's id when it is a member itself.</param>
    public OwnerMap(RendezvousPlacement placement, IEnumerable<ReconnectingPeer> links, PeerId? self = null)
    {
        _placement = placement;
        _links = links.ToDictionary(static link => link.Address.Id!.Value);
        _self = self;
    }

    /// <summary>Who owns what.</summary>
    public RendezvousPlacement Placement => _placement;

    /// <summary>Most owners that <see cref="FindOwners"/> gives.</summary>
    public int OwnerCount => _placement.OwnerCount;

    /// <summary>The connections to the members, by id.</summary>
    public IReadOnlyDictionary<PeerId, ReconnectingPeer> Links => _links;

    /// <summary>The ids of a file's owners, first the one to ask first, this node left out.</summary>
    public PeerId[] FindOwners(FileId file)
    {
        Span<PeerId> owners = stackalloc PeerId[RendezvousPlacement.MaxCopies];
        var count = 0;
        foreach (var owner in owners[.._placement.FindOwners(file, owners)])
        {
            if (owner != _self)
                owners[count++] = owner;
        }

        return owners[..count].ToArray();
    }
}
