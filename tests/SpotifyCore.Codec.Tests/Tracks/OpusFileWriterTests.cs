using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Tracks;

public sealed class OpusFileWriterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(959)]
    [InlineData(960)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(100_003)]
    public void RoundTrip_AnyLength_KeepsEverySample(int samples)
    {
        foreach (var channels in (int[])[1, 2])
        {
            var pcm = TestPcm.Music(samples, channels);
            var decoded = TestOpus.Decode(TestOpus.Encode(pcm, channels, 160_000), channels);
            Assert.Equal(pcm.Length, decoded.Length);
            Assert.InRange(TestPcm.Error(pcm, decoded), 0, 0.02);
        }
    }

    [Fact]
    public void Write_InAnyBlocks_MakesTheSameFile()
    {
        var pcm = TestPcm.Music(60_000, 2);
        var whole = TestOpus.Encode(pcm, 2, 96_000, block: 60_000);
        Assert.Equal(whole, TestOpus.Encode(pcm, 2, 96_000, block: 1));
        Assert.Equal(whole, TestOpus.Encode(pcm, 2, 96_000, block: 4_095));
    }

    [Fact]
    public void Pages_HoldAtMost200Milliseconds_AndTheFirstChunkHoldsSound()
    {
        var marks = new List<OpusPageMark>();
        var file = TestOpus.Encode(TestPcm.Music(200_000, 2), 2, 320_000, page: marks.Add);

        Assert.Equal([0ul, 0ul, 0ul, 9_600ul, 19_200ul], marks.Take(5).Select(mark => mark.FirstSample));
        Assert.True(marks[3].Offset < 16 * 1024);
        foreach (var mark in marks)
        {
            Assert.True(OggPageReader.TryRead(file.AsSpan((int)mark.Offset), out var page));
            Assert.False(page.Header.Flags.HasFlag(OggPageFlags.Continued));
        }
    }

    [Fact]
    [Trait("Needs", "libopus")]
    public void Write_InTheSteadyState_DoesNotAllocate()
    {
        using var encoder = TestOpus.Codec.CreateEncoder(2, 320_000);
        var writer = new OpusFileWriter(Stream.Null, encoder, TestOpus.Info, static _ => { });
        var pcm = TestPcm.Music(960, 2);
        AllocationAssert.None(() => writer.Write(pcm));
    }

    [Fact]
    public void Write_AfterFinish_IsRefused()
    {
        using var encoder = TestOpus.Codec.CreateEncoder(1, 96_000);
        var writer = new OpusFileWriter(Stream.Null, encoder, TestOpus.Info);
        writer.Finish();
        Assert.Throws<ObjectDisposedException>(() => writer.Write([1]));
        Assert.Throws<ObjectDisposedException>(writer.Finish);
    }
}
