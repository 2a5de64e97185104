using SpotifyCore.SideBySide.Documents;
using SpotifyCore.SideBySide.Profiling;
using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Tests.Results;

public sealed class ResultsDocumentTests
{
    private const string Document = """
        # Results
        <!-- figures -->
        old figures
        <!-- end of figures -->
        what somebody wrote
        <!-- profiles -->
        old profiles
        <!-- end of profiles -->

        """;

    private static readonly Comparison Depth1 =
        Comparison.Of(new Measure("serve-depth1-plain", "chunks/s"), "nginx", [15_000, 15_000], [10_000, 10_000]);

    private static readonly SideProfile Profile = new(
        "serve-depth1-plain",
        "storage node",
        [new SampleShare(0.7, "[kernel.kallsyms]")],
        [new SampleShare(0.21, "rep_movs_alternative")],
        [new SystemCallCount("sendmsg", 15_000), new SystemCallCount("futex", 15)],
        Chunks: 15_000);

    [Fact]
    public void Renew_WithFiguresAlone_ReplacesThemAndLeavesTheRest()
    {
        var renewed = ResultsDocument.Renew(Document, "a machine", [Depth1], []);

        Assert.Contains(
            "| serve-depth1-plain | chunks/s | 15,000 | 10,000 | nginx | 1.50 | 0 % | at least 1.5: met |",
            renewed,
            StringComparison.Ordinal);
        Assert.Contains("a machine", renewed, StringComparison.Ordinal);
        Assert.DoesNotContain("old figures", renewed, StringComparison.Ordinal);
        Assert.Contains("what somebody wrote", renewed, StringComparison.Ordinal);
        Assert.Contains("old profiles", renewed, StringComparison.Ordinal);
    }

    [Fact]
    public void Renew_WithProfiles_SaysWhereTimeGoesAndHowManyCallsAChunkTakes()
    {
        var renewed = ResultsDocument.Renew(Document, "a machine", [Depth1], [Profile]);

        Assert.Contains(
            "| storage node | `[kernel.kallsyms]` 70 % | `rep_movs_alternative` 21 % | 1.00 sendmsg a chunk |",
            renewed,
            StringComparison.Ordinal);
        Assert.DoesNotContain("old profiles", renewed, StringComparison.Ordinal);
    }

    [Fact]
    public void Renew_Twice_IsTheSame()
    {
        var once = ResultsDocument.Renew(Document, "a machine", [Depth1], [Profile]);

        Assert.Equal(once, ResultsDocument.Renew(once, "a machine", [Depth1], [Profile]));
    }

    [Fact]
    public void Renew_ADocumentWithoutPlaces_SaysSo()
    {
        var failed = Assert.Throws<InvalidOperationException>(() => ResultsDocument.Renew("# Results\n", "", [], []));

        Assert.Contains("figures", failed.Message, StringComparison.Ordinal);
    }
}
