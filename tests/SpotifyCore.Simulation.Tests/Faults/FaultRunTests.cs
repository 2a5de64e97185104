using SpotifyCore.Simulation.Faults;

namespace SpotifyCore.Simulation.Tests.Faults;

public sealed class FaultRunTests
{
    // In 127 a play waits that has been given all of a file of 64 chunks or a multiple of that.
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Append(127).Select(static seed => (ulong)seed)];

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
