using SpotifyCore.Simulation.Faults;

namespace SpotifyCore.Simulation.Tests.Faults;

public sealed class FaultRunTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Run_RandomFaults_BreaksNothing(ulong seed)
    {
        var result = new FaultRun(new FaultOptions(seed)).Run();

        Assert.True(
            result.Violations.Count == 0, $"{result.Replay}\n{string.Join('\n', result.Violations.Take(5))}");
        Assert.True(result.Plays > 1_000);
    }
}
