using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>
/// A few sources of each kind, looked at before the first is begun, so that the time left is told by all kinds from the
/// start and not by those alone that come first.
/// </summary>
internal static class SourceSample
{
    private const int MostKinds = 8;
    private const int MostOfAKind = 5;

    /// <summary>
    /// Learns how long some of those that are to be read sound, so many of them at a time. What can't be looked at is
    /// told when it is its turn.
    /// </summary>
    public static async Task LearnAsync(
        ImportTotals totals, IReadOnlyList<SourceFile> sources, int jobs, CancellationToken cancellationToken)
    {
        // Where all begin at once, each says so itself.
        if (sources.Count <= jobs)
            return;

        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Of(sources), options, async (source, cancelled) =>
        {
            try
            {
                totals.Learn(source, (await SourceProbe.ReadAsync(source, cancelled)).Sound.Likely ?? TimeSpan.Zero);
            }
            catch (Exception wrong) when (wrong is not (OperationCanceledException or ToolMissingException))
            {
                // Its import says so.
            }
        });
    }

    // The kinds with the most bytes; of each, some from all over the folder.
    private static IEnumerable<SourceFile> Of(IReadOnlyList<SourceFile> sources) => sources
        .Where(static source => source.Refusal is null)
        .GroupBy(static source => Path.GetExtension(source.Name), StringComparer.OrdinalIgnoreCase)
        .OrderByDescending(static kind => kind.Sum(static source => source.Length))
        .Take(MostKinds)
        .SelectMany(static kind =>
        {
            SourceFile[] all = [.. kind];
            var count = Math.Min(MostOfAKind, all.Length);
            return Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)]);
        });
}
