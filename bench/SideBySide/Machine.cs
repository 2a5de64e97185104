using System.Runtime.InteropServices;

namespace SpotifyCore.SideBySide;

/// <summary>Where figures were taken: without that they mean little.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, memory and system in a line, and how busy it is.</summary>
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal));
        var processor = model?.Split(':')[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        return $"{processor}, {Environment.ProcessorCount} cores, {memory} GiB, {RuntimeInformation.OSDescription}, "
            + $"kernel {Environment.OSVersion.Version.ToString(2)}, {RuntimeInformation.FrameworkDescription}\n"
            + DescribeLoad();
    }

    /// <summary>How many wanted a processor over the last 1, 5 and 15 minutes.</summary>
    public static string DescribeLoad() =>
        $"load {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3])}";
}
