using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Sound;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>What is heard is what went in, sample for sample in number and like it in sound.</summary>
[Collection(SharedClusterGroup.Name)]
public sealed class AudioTests(SharedCluster shared, ITestOutputHelper output)
{
    private const int Window = 960;

    [Theory]
    [InlineData(96_000, 0.995)]
    [InlineData(160_000, 0.998)]
    [InlineData(320_000, 0.999)]
    public async Task Play_EachQuality_IsTheSource(int bitsPerSecond, double floor)
    {
        var heard = await Heard.ListenAsync(shared.Cluster, bitsPerSecond, null, shared.TrackOf(SharedCluster.Piece));

        AssertLike(Pcm.FromSource(shared.SourceOf(SharedCluster.Piece)), heard.Sound, floor);
        Assert.Equal(heard.Sound.Samples, heard.Play.Samples);
    }

    [Theory]
    [InlineData("mono.wav")]
    [InlineData("44100.wav")]
    [InlineData("24 bit.wav")]
    [InlineData("lossy.mp3")]
    [InlineData("vorbis.ogg")]
    [InlineData("opus.opus")]
    [InlineData("no tags.flac")]
    [InlineData("Größe und 音楽 — ёлка.flac")]
    public async Task Play_EachKindOfSource_IsTheSource(string source)
    {
        Assert.Equal("imported", shared.Import.EventOf(source));

        var heard = await Heard.ListenAsync(shared.Cluster, shared.TrackOf(source));

        AssertLike(Pcm.FromSource(shared.SourceOf(source), isMono: source == "mono.wav"), heard.Sound, 0.998);
    }

    [Fact]
    public void Import_BadSources_AreReportedAndTheRestGoesOn()
    {
        Assert.Equal(1, shared.Import.Run.ExitCode);
        Assert.Equal("failed", shared.Import.EventOf("text.mp3"));
        Assert.Equal("failed", shared.Import.EventOf("empty.wav"));
        Assert.NotEmpty(shared.Import.Said("truncated.flac").GetProperty("warnings").EnumerateArray());
        Assert.Equal(2, shared.Import.Summary.GetProperty("failed").GetInt32());
        output.WriteLine(shared.Import.Summary.ToString());
    }

    [Fact]
    public async Task Play_TruncatedSource_SoundsAsFarAsItGoes()
    {
        var heard = await Heard.ListenAsync(shared.Cluster, shared.TrackOf("truncated.flac"));

        AssertLike(Pcm.FromSource(shared.SourceOf("truncated.flac")), heard.Sound, 0.998);
    }

    [Fact]
    public async Task Play_APieceCutInTwo_HasNoSeam()
    {
        var (first, second) = (shared.TrackOf(SharedCluster.FirstHalf), shared.TrackOf(SharedCluster.SecondHalf));

        var heard = await Heard.ListenAsync(shared.Cluster, 160_000, null, first, second);

        var source = Pcm.FromSource(shared.SourceOf(SharedCluster.Whole));
        AssertLike(source, heard.Sound, 0.998);
        var seam = (int)heard.Play.Samples;
        Assert.Equal(Pcm.FromSource(shared.SourceOf(SharedCluster.FirstHalf)).Samples, seam);
        var atSeam = heard.Sound.ErrorAgainst(source, seam - (Window / 2), Window);
        var elsewhere = Enumerable.Range(0, heard.Sound.Samples / Window)
            .Select(i => i * Window)
            .Where(at => at is >= 4 * Window && Math.Abs(at - seam) > 4 * Window && at < heard.Sound.Samples - (5 * Window))
            .Select(at => heard.Sound.ErrorAgainst(source, at, Window))
            .ToArray();
        output.WriteLine($"error at the seam {atSeam:f1}, elsewhere {elsewhere.Average():f1} and at most {elsewhere.Max():f1} steps of 16 bit");
        Assert.InRange(atSeam, 0, elsewhere.Max());
    }

    private void AssertLike(Pcm source, Pcm heard, double floor)
    {
        Assert.Equal(source.Samples, heard.Samples);
        var correlation = heard.CorrelationWith(source);
        output.WriteLine($"{heard.Samples} samples, correlation {correlation:f6}");
        Assert.InRange(correlation, floor, 1);
    }
}
