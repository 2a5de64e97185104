using System.Text.Json;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SpotifyCore.Micro.Check;

/// <summary>Runs every benchmark shortly and holds what it allocates against <c>allocations.json</c>.</summary>
internal static class AllocationCheck
{
    private const string File = "allocations.json";

    /// <returns>0 when none allocates more than it may; 1 otherwise.</returns>
    public static int Run(string[] filters)
    {
        var allowed = Read(Path.Combine(AppContext.BaseDirectory, File));
        var measured = Measure(filters);
        var failures = 0;
        foreach (var (name, bytes) in measured.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var verdict = !allowed.TryGetValue(name, out var most) ? $"allocates {bytes} B, is not in {File}"
                : bytes is null ? "did not run"
                : bytes > most ? $"allocates {bytes} B, may {most}"
                : null;
            Console.WriteLine(verdict is null ? $"ok    {name}: {bytes} B of {most}" : $"FAIL  {name}: {verdict}");
            failures += verdict is null ? 0 : 1;
        }

        foreach (var name in allowed.Keys.Except(measured.Keys).Where(_ => filters.Length == 0))
        {
            Console.WriteLine($"FAIL  {name}: is in {File} and does not exist");
            failures++;
        }

        Console.WriteLine(failures == 0 ? $"{measured.Count} benchmarks within {File}" : $"{failures} outside {File}");
        return failures == 0 && measured.Count > 0 ? 0 : 1;
    }

    private static Dictionary<string, long?> Measure(string[] filters)
    {
        var measured = new Dictionary<string, long?>(StringComparer.Ordinal);
        foreach (var type in typeof(AllocationCheck).Assembly.GetExportedTypes().Where(type => Matches(type, filters)))
        {
            var summary = BenchmarkRunner.Run(type, new CheckConfig());
            foreach (var report in summary.Reports)
                measured[NameOf(report.BenchmarkCase)] = BytesOf(report);
        }

        return measured;
    }

    private static bool Matches(Type type, string[] filters) =>
        type.Name.EndsWith("Benchmarks", StringComparison.Ordinal)
        && (filters.Length == 0
            || filters.Any(filter => type.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)));

    private static string NameOf(BenchmarkCase benchmark)
    {
        var name = $"{benchmark.Descriptor.Type.Name}.{benchmark.Descriptor.WorkloadMethod.Name}";
        return benchmark.HasParameters ? $"{name}({benchmark.Parameters.DisplayInfo.Trim('[', ']')})" : name;
    }

    // Less than the runtime's allocation quantum (8 KiB) over all operations is what the process allocates beside them:
    // one object an operation is more.
    private static long? BytesOf(BenchmarkReport report) => !report.Success ? null
        : report.GcStats.GetTotalAllocatedBytes(excludeAllocationQuantumSideEffects: true) == 0 ? 0
        : report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);

    private static Dictionary<string, long> Read(string path) =>
        JsonSerializer.Deserialize<Dictionary<string, long>>(System.IO.File.ReadAllText(path))!;
}
