using System.Buffers.Binary;
using System.IO.Hashing;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Tiers;

namespace SpotifyCore.Core.Placement;

/// <summary>
/// Says which nodes own a file, by weighted rendezvous hashing: each node draws a number for each partition and the
/// smallest ones own it. The same nodes give the same owners on every machine, whatever order they are
/// listed in; adding or removing a node moves only what that node owns. Immutable, safe for any thread.
/// </summary>
public sealed class RendezvousPlacement
{
    /// <summary>Most copies of a file that can be asked for: as many owners as one request may try.</summary>
    public const int MaxCopies = TierAttempts.MaxTiers;

    private const int DrawSize = PeerId.Size + sizeof(ushort);

    private readonly RingNode[] _nodes;

    /// <summary>
    /// Prepares the map of nodes of equal weight; see <see cref="RendezvousPlacement(IEnumerable{RingNode}, int)"/>.
    /// </summary>
    public RendezvousPlacement(IEnumerable<PeerId> nodes, int copies = 2)
        : this(nodes.Select(static id => new RingNode(id)), copies)
    {
    }

    /// <summary>Prepares the map.</summary>
    /// <param name="nodes">At least one, each id once, every weight positive and finite.</param>
    /// <param name="copies">Owners of each file; all nodes own everything when there are fewer.</param>
    public RendezvousPlacement(IEnumerable<RingNode> nodes, int copies = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copies, MaxCopies);
        _nodes = [.. nodes.OrderBy(static node => node.Id)];
        ThrowIfUnusable(_nodes);
        Copies = copies;
    }

    /// <summary>Owners of each file, as asked for.</summary>
    public int Copies { get; }

    /// <summary>
    /// Owners of each file that there really are: <see cref="Copies"/>, or all nodes when there are fewer.
    /// </summary>
    public int OwnerCount => Math.Min(Copies, _nodes.Length);

    /// <summary>The nodes, by id.</summary>
    public ReadOnlySpan<RingNode> Nodes => _nodes;

    /// <summary>Finds the owners of a file, first the one to ask first. Allocates nothing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="owners">The caller's, at least <see cref="OwnerCount"/> long.</param>
    /// <returns>How many were written: <see cref="OwnerCount"/>.</returns>
    public int FindOwners(FileId file, Span<PeerId> owners) => FindOwners(file.Partition, owners);

    /// <summary>Finds the owners of a partition; see <see cref="FindOwners(FileId, Span{PeerId})"/>.</summary>
    public int FindOwners(ushort partition, Span<PeerId> owners)
    {
        var count = OwnerCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(owners.Length, count, nameof(owners));
        Span<double> draws = stackalloc double[MaxCopies];
        draws.Fill(double.PositiveInfinity);
        Span<byte> hashed = stackalloc byte[DrawSize];
        BinaryPrimitives.WriteUInt16BigEndian(hashed[PeerId.Size..], partition);
        foreach (ref readonly var node in _nodes.AsSpan())
        {
            node.Id.Write(hashed);
            Insert(node.Id, Draw(hashed, node.Weight), owners[..count], draws[..count]);
        }

        return count;
    }

    /// <summary>True when <paramref name="node"/> is to hold <paramref name="file"/>. Allocates nothing.</summary>
    public bool IsOwner(FileId file, PeerId node)
    {
        Span<PeerId> owners = stackalloc PeerId[MaxCopies];
        return owners[..FindOwners(file, owners)].Contains(node);
    }

    // An exponentially distributed number whose rate is the weight: the least of several is a node's with a chance
    // in proportion to its weight (the logarithmic method).
    private static double Draw(ReadOnlySpan<byte> hashed, double weight)
    {
        var uniform = ((XxHash3.HashToUInt64(hashed) >> 11) + 0.5) * (1.0 / (1UL << 53));
        return PortableLog.Negative(uniform) / weight;
    }

    // Nodes come in the order of their ids, so equal draws leave the lower id in front.
    private static void Insert(PeerId id, double draw, Span<PeerId> owners, Span<double> draws)
    {
        var place = draws.Length;
        while (place > 0 && draw < draws[place - 1])
            place--;

        if (place == draws.Length)
            return;

        owners[place..^1].CopyTo(owners[(place + 1)..]);
        draws[place..^1].CopyTo(draws[(place + 1)..]);
        owners[place] = id;
        draws[place] = draw;
    }

    private static void ThrowIfUnusable(ReadOnlySpan<RingNode> nodes)
    {
        if (nodes.IsEmpty)
            throw new ArgumentException("A ring needs at least one node.", nameof(nodes));

        for (var i = 0; i < nodes.Length; i++)
        {
            if (i > 0 && nodes[i].Id == nodes[i - 1].Id)
                throw new ArgumentException($"Node {nodes[i].Id} is listed twice.", nameof(nodes));

            if (!double.IsFinite(nodes[i].Weight) || nodes[i].Weight <= 0)
                throw new ArgumentException($"Node {nodes[i].Id} needs a positive weight.", nameof(nodes));
        }
    }
}
