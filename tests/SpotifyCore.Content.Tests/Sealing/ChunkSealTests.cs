using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Testing;

namespace SpotifyCore.Content.Tests.Sealing;

public sealed class ChunkSealTests
{
    // NIST SP 800-38A F.5.1 uses a counter that begins elsewhere, so this is its key under counters 0, 1, 2:
    // openssl enc -aes-128-ctr -K 2b7e151628aed2a6abf7158809cf4f3c -iv 0 over zeros.
    private static readonly ContentKey Key = ContentKey.Read(Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c"));

    [Fact]
    public void Apply_Zeros_IsTheKeystreamOfAes128Ctr()
    {
        using var seal = new ChunkSeal(Key);
        var chunk = new byte[20];
        seal.Apply(0, chunk);
        Assert.Equal("7df76b0c1ab899b33e42f047b91b546f", Convert.ToHexStringLower(chunk.AsSpan(0, 16)));
    }

    [Fact]
    public void Apply_Twice_GivesTheChunkBack() => Prop.ForAll<byte[], uint>((plain, index) =>
    {
        var chunk = plain.Length <= Manifest.ChunkSize ? plain.ToArray() : plain[..Manifest.ChunkSize];
        var expected = chunk.ToArray();
        using var seal = new ChunkSeal(Key);
        seal.Apply(index, chunk);
        seal.Apply(index, chunk);
        return chunk.AsSpan().SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_ChunkByChunkInAnyOrder_EqualsOneStream()
    {
        using var forward = new ChunkSeal(Key);
        using var backward = new ChunkSeal(Key);
        var one = Enumerable.Range(0, 5).Select(_ => new byte[Manifest.ChunkSize]).ToArray();
        var other = Enumerable.Range(0, 5).Select(_ => new byte[Manifest.ChunkSize]).ToArray();
        for (var i = 0; i < 5; i++)
        {
            forward.Apply((uint)i, one[i]);
            backward.Apply((uint)(4 - i), other[4 - i]);
        }

        Assert.Equal(one, other);
        Assert.Equal(5, one.Select(chunk => Convert.ToHexString(chunk, 0, 16)).Distinct().Count());
    }

    [Fact]
    public void Apply_WholeChunk_DoesNotAllocate()
    {
        using var seal = new ChunkSeal(Key);
        var chunk = new byte[Manifest.ChunkSize];
        AllocationAssert.None(() => seal.Apply(7, chunk));
    }

    [Fact]
    public void Apply_MoreThanAChunk_Throws()
    {
        using var seal = new ChunkSeal(Key);
        Assert.Throws<ArgumentOutOfRangeException>(() => seal.Apply(0, new byte[Manifest.ChunkSize + 1]));
    }

    [Fact]
    public void ToString_Key_HidesIt() => Assert.Equal("(key)", Key.ToString());
}
