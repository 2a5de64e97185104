using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Testing;
using System.Security.Cryptography;

namespace SpotifyCore.Content.Tests.Manifests;

public sealed class ManifestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(1_000_000)]
    public void TryRead_WrittenManifest_BringsEverythingBack(int length)
    {
        var written = TestFile.Create(seed: length, length).Manifest;
        Assert.True(ManifestReader.TryRead(written.Bytes.Span, written.File, out var read));
        Assert.Equal(
            (written.Track, written.Length, written.BitsPerSecond, written.Samples, written.PreSkip, written.TrackGain, written.TrackPeak),
            (read.Track, read.Length, read.BitsPerSecond, read.Samples, read.PreSkip, read.TrackGain, read.TrackPeak));
        Assert.Equal(length, Enumerable.Range(0, (int)read.ChunkCount).Sum(i => read.LengthOf((uint)i)));
        Assert.All(Enumerable.Range(0, (int)read.ChunkCount), i =>
        {
            Assert.Equal(written.HashOf((uint)i), read.HashOf((uint)i));
            Assert.Equal(written.SeekPointOf((uint)i), read.SeekPointOf((uint)i));
        });
    }

    [Fact]
    public void File_Manifest_IsTheHashOfItsBytes()
    {
        var manifest = TestFile.Create(seed: 1, length: 40_000).Manifest;
        Assert.Equal(FileId.FromHash(SHA256.HashData(manifest.Bytes.Span)), manifest.File);
    }

    [Fact]
    public void TryRead_AnyBytes_NeverThrows() =>
        Prop.ForAll<byte[]>(bytes => !ManifestReader.TryRead(bytes, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void TryRead_OneByteChanged_IsNotTheSameFile()
    {
        var original = TestFile.Create(seed: 2, length: 100_000).Manifest;
        var bytes = original.Bytes.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x55;
            Assert.False(ManifestReader.TryRead(bytes, original.File, out _));
            bytes[i] ^= 0x55;
        }
    }

    [Fact]
    public void TryRead_Truncated_IsFalse()
    {
        var bytes = TestFile.Create(seed: 3, length: 100_000).Manifest.Bytes;
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(ManifestReader.TryRead(bytes.Span[..length], out _));
    }

    [Fact]
    public void Add_AfterAShortChunk_Throws()
    {
        var writer = new ManifestWriter();
        writer.Add(new byte[100], default);
        Assert.Throws<InvalidOperationException>(() => writer.Add(new byte[100], default));
    }

    [Fact]
    public void Finish_SeekPointsOutOfOrder_Throws()
    {
        var writer = new ManifestWriter();
        writer.Add(new byte[Manifest.ChunkSize], new SeekPoint(0, 10));
        writer.Add(new byte[1], new SeekPoint(0, 9));
        Assert.Throws<InvalidOperationException>(() => writer.Finish(new AudioProperties(default, 96_000, 1, 0, 0, 0)));
    }

    [Fact]
    public void ChunkAt_AnySample_IsTheLastPageStartNotAfterIt()
    {
        var writer = new ManifestWriter();
        var chunk = new byte[Manifest.ChunkSize];
        SeekPoint[] points = [new(0, 0), new(5, 1_000), new(SeekPoint.None, 1_000), new(7, 3_000)];
        foreach (var point in points)
            writer.Add(chunk, point);

        var manifest = writer.Finish(new AudioProperties(default, 96_000, 4_000, 0, 0, 0));
        Assert.Equal(
            [0u, 0u, 1u, 1u, 3u, 3u],
            new ulong[] { 0, 999, 1_000, 2_999, 3_000, ulong.MaxValue >> 16 }.Select(manifest.ChunkAt));
    }

    [Fact]
    public void Duration_Samples_AreAt48Kilohertz()
    {
        var manifest = TestFile.Create(seed: 4, length: 96_000).Manifest;
        Assert.Equal(TimeSpan.FromSeconds(2), manifest.Duration);
    }
}
