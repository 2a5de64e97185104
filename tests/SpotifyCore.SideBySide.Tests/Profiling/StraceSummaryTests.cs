using SpotifyCore.SideBySide.Profiling;

namespace SpotifyCore.SideBySide.Tests.Profiling;

public sealed class StraceSummaryTests
{
    [Fact]
    public void Parse_WithAndWithoutErrors_GivesCallsByNameTheMostFrequentFirst()
    {
        const string Table = """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             61.26    0.164537          24      6747           sendmsg
             38.74    0.104040          15      6900         9 recvfrom
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.268577          19     13647         9 total
            """;

        Assert.Equal(
            [new SystemCallCount("recvfrom", 6900), new SystemCallCount("sendmsg", 6747)], StraceSummary.Parse(Table));
    }
}
