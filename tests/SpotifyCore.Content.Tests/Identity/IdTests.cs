using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using System.Security.Cryptography;

namespace SpotifyCore.Content.Tests.Identity;

public sealed class IdTests
{
    private static readonly Arbitrary<byte[]> Hashes =
        Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), 32).ToArbitrary();

    [Fact]
    public void ToString_AnyTrack_Parses22CharactersBack() => Prop.ForAll(Hashes, hash =>
    {
        var id = TrackId.FromHash(hash);
        var text = id.ToString();
        return text.Length == 22 && TrackId.TryParse(text, out var parsed) && parsed == id;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0000000000000000000000", true)]
    [InlineData("7N42dgm5tFLK9N8MT7fHC7", true)]
    [InlineData("7N42dgm5tFLK9N8MT7fHC8", false)] // one over 2^128 - 1
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZ", false)]
    [InlineData("000000000000000000000", false)]
    [InlineData("00000000000000000000000", false)]
    [InlineData("000000000000000000000-", false)]
    [InlineData("", false)]
    public void TryParse_TrackText_AcceptsOnly128Bits(string text, bool valid) =>
        Assert.Equal(valid, TrackId.TryParse(text, out _));

    [Fact]
    public void Write_File_KeepsTheHashBytesInOrder() => Prop.ForAll(Hashes, hash =>
    {
        var id = FileId.FromHash(hash);
        Span<byte> wire = stackalloc byte[FileId.Size];
        id.Write(wire);
        return wire.SequenceEqual(hash.AsSpan(0, 16))
            && FileId.Read(wire) == id
            && id.ToString() == Convert.ToHexStringLower(hash, 0, 16)
            && id.Partition == (hash[0] << 8 | hash[1])
            && FileId.TryParse(id.ToString(), out var parsed) && parsed == id;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789abcdef0123456789abcde", false)]
    [InlineData("0123456789abcdef0123456789abcdeg", false)]
    [InlineData(" 123456789abcdef0123456789abcdef", false)]
    public void TryParse_FileText_WantsExactly32Digits(string text, bool valid)
    {
        Assert.Equal(valid, FileId.TryParse(text, out _));
        Assert.Equal(valid, PeerId.TryParse(text, out _));
    }

    [Fact]
    public void Write_Chunk_ReadsBack() => Prop.ForAll(Hashes, hash =>
    {
        var chunk = new ChunkId(FileId.FromHash(hash), BitConverter.ToUInt32(hash, 28));
        Span<byte> wire = stackalloc byte[ChunkId.Size];
        chunk.Write(wire);
        return ChunkId.Read(wire) == chunk && ChunkId.Read(wire).GetHashCode() == chunk.GetHashCode();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void GetHashCode_ConsecutiveChunks_Differ()
    {
        var file = new FileId(UInt128.MaxValue / 3);
        var codes = Enumerable.Range(0, 100_000).Select(i => new ChunkId(file, (uint)i).GetHashCode()).Distinct();
        Assert.Equal(100_000, codes.Count());
    }

    [Fact]
    public void FromPublicKey_Key_IsItsHash()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var spki = key.ExportSubjectPublicKeyInfo();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(spki), 0, 16), PeerId.FromPublicKey(spki).ToString());
    }
}
