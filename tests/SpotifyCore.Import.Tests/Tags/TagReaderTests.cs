using SpotifyCore.Import.Tags;
using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Tests.Tags;

public sealed class TagReaderTests(TagSamples samples) : IClassFixture<TagSamples>
{
    [Fact]
    public void Read_EverySample_GivesWhatIsRight() => AssertNone(samples.All.SelectMany(sample => TagReport
        .Differences(sample.Right, TagReport.Of(Read(sample)))
        .Select(difference => $"{sample.Name}: {difference}")));

    [Fact]
    public void Read_EverySample_IsWhatMutagenReads() => AssertNone(samples.All
        .Where(static sample => !sample.Differs)
        .SelectMany(sample => OtherThanMutagen(sample).Select(difference => $"{sample.Name}: {difference}")));

    [Fact]
    public void Samples_MarkedAsReadOtherwiseByMutagen_Are() => AssertNone(samples.All
        .Where(sample => sample.Differs && !OtherThanMutagen(sample).Any())
        .Select(static sample => sample.Name));

    private IEnumerable<string> OtherThanMutagen(TagSample sample) => sample.Mutagen is { } answer
        ? TagReport.Differences(TagReport.OfMutagen(answer), TagReport.Of(Read(sample)))
        : [];

    private SourceTags Read(TagSample sample) => TagInterpreter.Read(TagReader.Read(samples.PathOf(sample.Name)));

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = string.Join('\n', faults);
        Assert.True(all.Length == 0, all);
    }
}
