using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Parts;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.Running;

public sealed class ImportTotalsTests
{
    private const int SecondOfMono = 48_000 * sizeof(short);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Left_OfFilesOfOtherKinds_GoesByTheirSoundAndNotTheirBytes()
    {
        // A second is 100 bytes of FLAC or 10 of MP3.
        SourceFile[] sources =
        [
            Source("a.flac", 10_000), Source("b.mp3", 1_000), Source("c.flac", 30_000), .. Many("mp3", 10, 1_000),
        ];
        var totals = new ImportTotals(sources, _time);
        Import(totals, sources[0], 100);
        Import(totals, sources[1], 100);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(130, totals.Left!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public void Left_InTheMiddleOfTheFirstSource_IsToldByWhatIsDecoded()
    {
        SourceFile[] sources = [Source("a.flac", 1_000), Source("b.flac", 3_000)];
        var totals = new ImportTotals(sources, _time);
        var first = totals.Begin(sources[0]);
        Assert.Null(totals.Left);

        first.Probed(Facts("A", seconds: 100));
        for (var second = 0; second < 40; second++)
            first.Decoded(SecondOfMono, TimeSpan.FromMilliseconds(125));

        _time.Advance(TimeSpan.FromSeconds(5));

        // Of 100 s to be handled four times 40 are handled once: a tenth in 5 s.
        // The second is three times as long.
        Assert.Equal(195, totals.Left!.Value.TotalSeconds, 0.01);
        Assert.Equal(40L * SecondOfMono, totals.DecodedBytes);
        Assert.Equal("A", Assert.Single(totals.UnderWay).Title);
    }

    [Fact]
    public void Left_WithOneDecodedAndHalfEncoded_GoesByWhatEachCosts()
    {
        SourceFile[] sources = [Source("a.flac", 1_000), Source("b.flac", 1_000)];
        var totals = new ImportTotals(sources, _time);
        var first = totals.Begin(sources[0]);
        first.Probed(Facts("A", seconds: 100));
        first.Decoded(100 * SecondOfMono, TimeSpan.FromSeconds(5));
        for (var second = 0; second < 150; second++)
            first.Encoded(SecondOfMono, TimeSpan.FromMilliseconds(100));

        _time.Advance(TimeSpan.FromSeconds(10));

        // On two cores: 5 s of decoding and half of 30 s of encoding are done, 15 s and 35 s are left.
        Assert.Equal(25, totals.Left!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public void Left_AfterManyThatAreKnown_IsNotTheRateAtWhichThoseWentBy()
    {
        var known = Many("flac", 1_000, 1_000);
        SourceFile[] sources = [.. known, Source("a.flac", 1_000), Source("b.flac", 1_000)];
        var totals = new ImportTotals(sources, _time);
        foreach (var source in known)
        {
            totals.Begin(source);
            _time.Advance(TimeSpan.FromSeconds(1));
            totals.Add(ImportResult.Known(source, "t"));
        }

        Import(totals, sources[^2], 100);
        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(4, totals.Left!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public void Left_OfAKindOfWhichNoneHasBegun_GoesByThoseLookedAt()
    {
        // A second is 100 bytes of FLAC or 10 of MP3.
        SourceFile[] sources = [Source("a.flac", 10_000), .. Many("mp3", 10, 1_000)];
        var totals = new ImportTotals(sources, _time);
        totals.Learn(sources[1], TimeSpan.FromSeconds(90));
        totals.Learn(sources[2], TimeSpan.FromSeconds(110));
        Import(totals, sources[0], 100);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(200, totals.Left!.Value.TotalSeconds, 0.01);

        // Whoever was looked at counts once.
        totals.Learn(sources[1], TimeSpan.FromSeconds(90));
        totals.Begin(sources[1]).Probed(Facts("0", seconds: 90));
        Assert.Equal(198, totals.Left!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public void Left_WhileAllIsKnown_GoesByTheBytesReadSoFar()
    {
        var sources = Many("flac", 10, 1_000);
        var totals = new ImportTotals(sources, _time);
        _time.Advance(TimeSpan.FromSeconds(30));
        foreach (var source in sources[..4])
        {
            totals.Begin(source);
            _time.Advance(TimeSpan.FromSeconds(1));
            totals.Add(ImportResult.Known(source, "t"));
        }

        totals.Begin(sources[4]);

        Assert.Equal(6, totals.Left!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public void Left_WithAllDone_IsNothing()
    {
        SourceFile[] sources = [Source("a.flac", 1_000), Source("empty.mp3", 0)];
        var totals = new ImportTotals(sources, _time);
        Import(totals, sources[0], 100);
        totals.Begin(sources[1]);
        totals.Add(ImportResult.Failed(sources[1], "the file is empty"));

        Assert.Equal(TimeSpan.Zero, totals.Left);
        Assert.Empty(totals.UnderWay);
        Assert.Equal(100L * SecondOfMono, totals.DecodedBytes);
    }

    private static void Import(ImportTotals totals, SourceFile source, int seconds)
    {
        var progress = totals.Begin(source);
        progress.Probed(Facts(source.Name, seconds));
        progress.Decoded(seconds * SecondOfMono, TimeSpan.FromSeconds(seconds));
        foreach (var _ in EncoderSettings.BitsPerSecond)
            progress.Encoded(seconds * SecondOfMono, TimeSpan.FromSeconds(seconds));

        totals.Add(new(source, ImportStatus.Imported, "t", source.Name, TimeSpan.FromSeconds(seconds), []));
    }

    private static SourceFacts Facts(string title, int seconds)
    {
        var length = TimeSpan.FromSeconds(seconds);
        var mono = new SoundPart("", new SoundStream(0, 1), SampleCut.None);
        return new(new SoundParts([mono], length, length), new SourceTags { Title = title }, null);
    }

    private static SourceFile Source(string name, long bytes) => new("/m/" + name, name, bytes);

    private static SourceFile[] Many(string ending, int count, long bytes) =>
        [.. Enumerable.Range(0, count).Select(i => Source($"{i}.{ending}", bytes))];
}
