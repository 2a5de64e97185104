using System.Diagnostics;
using System.Globalization;

namespace SpotifyCore.Storage.Tests.Crash;

/// <summary>Runs <see cref="CrashChild"/> and kills it the hard way once it has said enough.</summary>
internal static class KilledProcess
{
    // What a child takes that hangs; none is near it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <returns>The last number that the child had said when it was killed.</returns>
    public static async Task<int> RunAsync(int until, params string[] arguments) =>
        (await LinesAsync(until, arguments))[^1];

    /// <returns>All numbers that the child had said when it was killed.</returns>
    public static async Task<IReadOnlyList<int>> LinesAsync(int until, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(CrashChild).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var child = Process.Start(start)!;
        var said = new List<int> { -1 };
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            while (said[^1] < until && await child.StandardOutput.ReadLineAsync(limit.Token) is { } line)
                said.Add(int.Parse(line, CultureInfo.InvariantCulture));
        }
        finally
        {
            child.Kill();
        }

        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last may be cut short.
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var number) && number >= said[^1])
                said.Add(number);
        }

        await child.WaitForExitAsync();
        Assert.True(said[^1] >= until, "the child ended by itself");
        if (said.Count > 1)
            said.RemoveAt(0);

        return said;
    }
}
