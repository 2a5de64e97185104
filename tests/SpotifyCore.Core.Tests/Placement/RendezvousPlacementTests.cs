using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Placement;
using SpotifyCore.Testing;

namespace SpotifyCore.Core.Tests.Placement;

public sealed class RendezvousPlacementTests
{
    private const int Partitions = 1 << 16;

    private static readonly Arbitrary<PeerId[]> Rings = ArbMap.Default.GeneratorFor<ulong>()
        .Select(static draw => new PeerId(((UInt128)draw << 64) | (draw * 0x9E3779B97F4A7C15)))
        .NonEmptyListOf()
        .Select(static ids => ids.Distinct().Take(40).ToArray())
        .ToArbitrary();

    private static readonly Arbitrary<ushort> AnyPartition = ArbMap.Default.ArbFor<ushort>();

    [Fact]
    public void FindOwners_AnyRing_GivesDistinctMembers() => Prop.ForAll(Rings, AnyPartition, (ring, partition) =>
    {
        var owners = Owners(new RendezvousPlacement(ring, copies: 3), partition);
        return owners.Length == Math.Min(3, ring.Length)
            && owners.Distinct().Count() == owners.Length
            && owners.All(ring.Contains);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FindOwners_ListInAnotherOrder_GivesTheSame() => Prop.ForAll(Rings, AnyPartition, (ring, partition) =>
    {
        var shuffled = ring.ToArray();
        new Random(partition).Shuffle(shuffled);
        return Owners(new RendezvousPlacement(ring), partition)
            .SequenceEqual(Owners(new RendezvousPlacement(shuffled), partition));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FindOwners_NodeAdded_OthersKeepTheirOrder() => Prop.ForAll(Rings, AnyPartition, (ring, partition) =>
    {
        var newcomer = new PeerId(UInt128.MaxValue - partition);
        var before = Owners(new RendezvousPlacement(ring, copies: 3), partition);
        var after = Owners(new RendezvousPlacement([.. ring, newcomer], copies: 3), partition);
        return after.Contains(newcomer)
            ? after.Where(id => id != newcomer).SequenceEqual(before.Take(after.Length - 1))
            : after.SequenceEqual(before);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FindOwners_NodeRemoved_OnlyItsPartitionsMove() => Prop.ForAll(Rings, AnyPartition, (ring, partition) =>
    {
        if (ring.Length == 1)
            return true;

        var gone = ring[partition % ring.Length];
        var before = Owners(new RendezvousPlacement(ring), partition);
        var after = Owners(new RendezvousPlacement(ring.Where(id => id != gone)), partition);
        return after.Take(before.Count(id => id != gone)).SequenceEqual(before.Where(id => id != gone));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    public void FindOwners_EqualWeights_SpreadsPartitionsEvenly(int nodes)
    {
        var counts = Count(new RendezvousPlacement(Ring(nodes)));

        var mean = 2.0 * Partitions / nodes;
        Assert.Equal(nodes, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, mean * 0.95, mean * 1.05));
    }

    [Fact]
    public void FindOwners_Weights_ShareFirstPlacesInProportion()
    {
        var ids = Ring(3);
        RingNode[] ring = [new(ids[0], 1), new(ids[1], 2), new(ids[2], 5)];

        var counts = Count(new RendezvousPlacement(ring, copies: 1));

        Assert.InRange(counts[ids[0]], Partitions / 8 * 0.95, Partitions / 8 * 1.05);
        Assert.InRange(counts[ids[1]], Partitions / 4 * 0.95, Partitions / 4 * 1.05);
        Assert.InRange(counts[ids[2]], Partitions * 5 / 8 * 0.95, Partitions * 5 / 8 * 1.05);
    }

    [Fact]
    public void FindOwners_KnownRing_IsTheSameOnEveryMachine()
    {
        var ring = Ring(5);
        var placement = new RendezvousPlacement(ring);

        var seen = new ushort[] { 0, 1, 0x1234, 0xFFFF }
            .Select(partition => string.Join('/', Owners(placement, partition).Select(id => Array.IndexOf(ring, id))));

        Assert.Equal("0/3 1/4 1/4 0/2", string.Join(' ', seen));
    }

    [Fact]
    public void FindOwners_File_AreThoseOfItsPartition()
    {
        var placement = new RendezvousPlacement(Ring(9));
        var file = new FileId((UInt128)0xABCD << 112);
        var owners = new PeerId[2];

        placement.FindOwners(file, owners);

        Assert.Equal(Owners(placement, 0xABCD), owners);
        Assert.All(
            placement.Nodes.ToArray(),
            node => Assert.Equal(owners.Contains(node.Id), placement.IsOwner(file, node.Id)));
    }

    [Fact]
    public void FindOwners_CallersSpan_DoesNotAllocate() => AllocationAssert.None(
        new RendezvousPlacement(Ring(64), copies: 3),
        static placement =>
        {
            Span<PeerId> owners = stackalloc PeerId[3];
            placement.FindOwners(0x7777, owners);
        });

    [Fact]
    public void Constructor_UnusableList_Throws()
    {
        var id = Ring(1)[0];

        Assert.Throws<ArgumentException>(() => new RendezvousPlacement(Array.Empty<PeerId>()));
        Assert.Throws<ArgumentException>(() => new RendezvousPlacement([id, id]));
        Assert.Throws<ArgumentException>(() => new RendezvousPlacement([new RingNode(id, 0)]));
        Assert.Throws<ArgumentException>(() => new RendezvousPlacement([new RingNode(id, double.NaN)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RendezvousPlacement([id], copies: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RendezvousPlacement([id]).FindOwners(0, []));
    }

    private static PeerId[] Ring(int nodes) =>
        [.. Enumerable.Range(1, nodes).Select(static i => PeerId.FromPublicKey([(byte)i]))];

    private static PeerId[] Owners(RendezvousPlacement placement, ushort partition)
    {
        var owners = new PeerId[placement.OwnerCount];
        placement.FindOwners(partition, owners);
        return owners;
    }

    private static Dictionary<PeerId, int> Count(RendezvousPlacement placement)
    {
        var counts = new Dictionary<PeerId, int>();
        for (var partition = 0; partition < Partitions; partition++)
            foreach (var owner in Owners(placement, (ushort)partition))
                counts[owner] = counts.GetValueOrDefault(owner) + 1;

        return counts;
    }
}
