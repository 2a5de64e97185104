using System.Diagnostics;
using System.Globalization;

namespace SpotifyCore.Storage.Tests.Crash;

/// <summary>Runs <see cref="CrashChild"/> and kills it the hard way once it has said enough.</summary>
internal static class KilledProcess
{
    /// <returns>The last number that the child had said when it was killed.</returns>
    public static async Task<int> RunAsync(int until, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(CrashChild).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var child = Process.Start(start)!;
        var said = -1;
        while (said < until && await child.StandardOutput.ReadLineAsync() is { } line)
            said = int.Parse(line, CultureInfo.InvariantCulture);

        child.Kill();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
            said = int.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : said;

        await child.WaitForExitAsync();
        Assert.True(said >= until, "the child ended by itself");
        return said;
    }
}
