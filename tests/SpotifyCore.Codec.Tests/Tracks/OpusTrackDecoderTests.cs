using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Tracks;

public sealed class OpusTrackDecoderTests
{
    private const int Samples = 48_000 * 12 + 77;

    private static readonly short[] Pcm = TestPcm.Music(Samples, 2);
    private static readonly SeekTable Seeks = new();
    private static readonly byte[] File = TestOpus.Encode(Pcm, 2, 160_000, page: Seeks.Add);
    private static readonly Manifest Manifest = MakeManifest();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(960 * 3)]
    [InlineData(100_000)]
    [InlineData(333_333)]
    [InlineData(Samples - 1)]
    [InlineData(Samples)]
    [InlineData(Samples + 1_000_000)]
    public void SeekTo_AnySample_GoesOnExactlyThere(long sample)
    {
        var straight = TestOpus.Decode(File, 2);
        using var decoder = TestOpus.Codec.CreateDecoder(2);
        var fresh = new OpusTrackDecoder(decoder, Manifest.PreSkip);

        var heard = Seek(fresh, sample);

        var from = (int)Math.Min(sample, Samples) * 2;
        Assert.Equal(straight.Length - from, heard.Count);
        Assert.Equal(Samples, fresh.Position);
        // What the codec predicts from frame to frame settles during the pre-roll and a little beyond.
        for (var i = 0; i < heard.Count; i++)
        {
            var tolerance = i < 2 * 9_600 ? 0.03f : 1e-3f;
            Assert.InRange(heard[i] - straight[from + i], -tolerance, tolerance);
        }
    }

    [Fact]
    public void SeekTo_BackAndForth_InOneDecoder()
    {
        using var decoder = TestOpus.Codec.CreateDecoder(2);
        var track = new OpusTrackDecoder(decoder);
        TestOpus.Feed(track, File.AsSpan(0, 40_000), []);
        foreach (var sample in (long[])[400_000, 20_000, 0, 500_000])
        {
            Assert.Equal(2 * (Samples - sample), Seek(track, sample).Count);
            Assert.True(track.Ended);
        }
    }

    [Fact]
    public void SeekTo_PreSkipUnknown_IsRefused()
    {
        using var decoder = TestOpus.Codec.CreateDecoder(2);
        Assert.Throws<InvalidOperationException>(() => new OpusTrackDecoder(decoder).SeekTo(SeekPlan.For(Manifest, 5)));
    }

    [Fact]
    public void TryRead_OtherPreSkipThanAnnounced_IsInvalidData()
    {
        using var decoder = TestOpus.Codec.CreateDecoder(2);
        var track = new OpusTrackDecoder(decoder, 312);
        Assert.Throws<InvalidDataException>(() => TestOpus.Feed(track, File, []));
    }

    [Fact]
    [Trait("Needs", "libopus")]
    public void PushAndRead_InTheSteadyState_DoesNotAllocate()
    {
        using var decoder = TestOpus.Codec.CreateDecoder(2);
        var track = new OpusTrackDecoder(decoder, Manifest.PreSkip);
        var bytes = File.AsMemory(0, 16_384);
        var plan = SeekPlan.For(Manifest, 0);
        AllocationAssert.None(() =>
        {
            track.SeekTo(plan);
            track.Push(bytes.Span);
            while (track.TryRead(out _))
            {
            }
        });
        Assert.NotEqual(0, track.Position);
    }

    [Fact]
    public void SeekTable_ChunkWithoutPage_NamesTheLastPageBefore()
    {
        var table = new SeekTable();
        table.Add(new(0, 0));
        table.Add(new(100, 0));
        table.Add(new(16_000, 960));
        table.Add(new(50_000, 1_920));

        Assert.Equal(
            [
                new(0, 0), new(SeekPoint.None, 960), new(SeekPoint.None, 960), new(848, 1_920),
                new(SeekPoint.None, 1_920),
            ],
            Enumerable.Range(0, 5).Select(index => table.Of((uint)index)));
    }

    private static List<float> Seek(OpusTrackDecoder track, long sample)
    {
        var plan = SeekPlan.For(Manifest, sample);
        track.SeekTo(plan);
        Assert.Equal(Math.Min(sample, Samples), track.Position);
        var heard = new List<float>();
        TestOpus.Feed(track, File.AsSpan(((int)plan.Chunk * Manifest.ChunkSize) + plan.Offset), heard);
        return heard;
    }

    private static Manifest MakeManifest()
    {
        var writer = new ManifestWriter();
        for (var at = 0; at < File.Length; at += Manifest.ChunkSize)
        {
            var chunk = File.AsSpan(at, Math.Min(Manifest.ChunkSize, File.Length - at));
            writer.Add(chunk, Seeks.Of((uint)(at / Manifest.ChunkSize)));
        }

        return writer.Finish(new AudioProperties(new TrackId(1), 160_000, Samples, OpusFileWriter.PreSkip, 0, 1));
    }
}
