using System.Globalization;

namespace SpotifyCore.SideBySide.Processes;

/// <summary>The kernel's lists of CPUs.</summary>
internal static class CpuList
{
    private const string Name = "Cpus_allowed_list:";

    /// <summary>The CPUs that this process may use, by the kernel's numbers, ascending.</summary>
    public static IReadOnlyList<int> ReadAllowed() => Parse(
        File.ReadLines("/proc/self/status").First(static line => line.StartsWith(Name, StringComparison.Ordinal))[
            Name.Length..]);

    /// <summary>The numbers in a list such as <c>0-2,5</c>.</summary>
    public static IReadOnlyList<int> Parse(string list) =>
    [
        .. list.Split(',').SelectMany(static part =>
        {
            var ends = part.Split('-');
            var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            return Enumerable.Range(first, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1);
        }),
    ];
}
