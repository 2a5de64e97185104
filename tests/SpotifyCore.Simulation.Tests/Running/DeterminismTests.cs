using System.Diagnostics;

namespace SpotifyCore.Simulation.Tests.Running;

public sealed class DeterminismTests
{
    private static readonly string Harness = Path.Combine(AppContext.BaseDirectory, "spotifycore-harness.dll");

    [Fact]
    public async Task Faults_SameSeedInTwoProcesses_GiveTheSameTrace()
    {
        string[] args = ["faults", "--seeds", "7-9", "--hours", "0.25"];

        var traces = await Task.WhenAll(RunAsync(args), RunAsync(args));

        Assert.Equal(3, traces[0].Length);
        Assert.Equal(traces[0], traces[1]);
        Assert.Equal(3, traces[0].Distinct().Count());
    }

    [Fact]
    public async Task Load_SameSeedInTwoProcesses_GivesTheSameTrace()
    {
        string[] args = ["load", "--seed", "3", "--clients", "200", "--hours", "1"];

        var traces = await Task.WhenAll(RunAsync(args), RunAsync(args));

        Assert.Equal(Assert.Single(traces[0]), Assert.Single(traces[1]));
    }

    private static async Task<string[]> RunAsync(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Harness, .. args])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return [.. output.Split('\n')
            .Where(line => line.Contains(" trace ", StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])];
    }
}
