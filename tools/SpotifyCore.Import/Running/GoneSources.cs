using SpotifyCore.Contracts;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>
/// Finds, and takes out, what the catalogue has of a folder that is there no more. What was overwritten by something else
/// is taken out in any case.
/// </summary>
/// <param name="librarian">The catalogue.</param>
/// <param name="folder">The folder that is imported.</param>
/// <param name="mayPrune">Whether they are taken out.</param>
internal sealed class GoneSources(LibrarianClient librarian, string folder, bool mayPrune)
{
    private const int PrunedAtOnce = 500;

    /// <summary>The paths that are looked for, or what lies below them; all of the folder unless set.</summary>
    public IReadOnlyList<string>? Paths { get; init; }

    /// <summary>What is there; what is imported unless set.</summary>
    public IReadOnlyList<SourceFile>? Found { get; init; }

    /// <summary>Shows and counts what is gone, and takes it out if that is wanted.</summary>
    /// <param name="found">What is there. What is in a folder that could not be entered may be too.</param>
    /// <param name="progress">Shows it.</param>
    /// <param name="totals">Counts it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(
        IReadOnlyList<SourceFile> found,
        IImportProgress progress,
        ImportTotals totals,
        CancellationToken cancellationToken)
    {
        var gone = new Dictionary<string, CataloguedSource>(StringComparer.Ordinal);
        var closed = (Found ?? found).Where(static source => source.Refusal is not null)
            .Select(static source => SourceFile.PrefixOf(source.Path)).ToArray();

        // What was there when it was looked for may be on its way elsewhere by now: that is found by looking again.
        var there = (Found ?? []).Select(static source => source.Location).ToHashSet(StringComparer.Ordinal);
        foreach (var prefix in Paths?.Select(SourceFile.LocationOf)
            ?? [SourceFile.PrefixOf(folder)])
        {
            await foreach (var source in librarian.ListSourcesAsync(prefix, "", cancellationToken))
            {
                if (!source.Displaced && (File.Exists(source.Location) || there.Contains(source.Location)
                    || Array.Exists(closed, start => source.Location.StartsWith(start, StringComparison.Ordinal))))
                    continue;

                if (gone.TryAdd(source.Location, source))
                    progress.ShowGone(source);
            }
        }

        string[] pruned = [.. gone.Values.Where(one => mayPrune || one.Displaced).Select(static one => one.Location)];
        totals.AddGone(
            gone.Count, mayPrune || pruned.Length > 0 ? await PruneAsync(pruned, cancellationToken) : null);
    }

    private async Task<int> PruneAsync(string[] locations, CancellationToken cancellationToken)
    {
        var tracks = 0;
        foreach (var some in locations.Chunk(PrunedAtOnce))
            tracks += await librarian.RemoveSourcesAsync(some, cancellationToken);

        return tracks;
    }
}
