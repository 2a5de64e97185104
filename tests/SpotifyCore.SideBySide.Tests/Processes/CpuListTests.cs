using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Tests.Processes;

public sealed class CpuListTests
{
    [Theory]
    [InlineData("3", 3)]
    [InlineData("\t0-1", 0, 1)]
    [InlineData("2,5-7,12", 2, 5, 6, 7, 12)]
    public void Parse_TheKernelsList_GivesEachNumber(string list, params int[] cpus) =>
        Assert.Equal(cpus, CpuList.Parse(list));

    [Fact]
    public async Task ReadAllowed_EachOfThem_RunsAProgramThatIsPinnedThere()
    {
        foreach (var cpu in CpuList.ReadAllowed())
        {
            var run = await ToolRun.RunAsync(
                Cores.Pin(cpu, "grep", "Cpus_allowed_list", "/proc/self/status"), CancellationToken.None);

            Assert.EndsWith($"\t{cpu}\n", run.Output, StringComparison.Ordinal);
        }
    }
}
