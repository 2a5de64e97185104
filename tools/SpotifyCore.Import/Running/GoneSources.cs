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
        var gone = new List<CataloguedSource>();
        var closed = found.Where(static source => source.Refusal is not null)
            .Select(static source => source.Location + '/').ToArray();
        var prefix = SourceFile.LocationOf(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) + '/';
        await foreach (var source in librarian.ListSourcesAsync(prefix, cancellationToken))
        {
            if (!source.Displaced && (File.Exists(source.Location)
                || Array.Exists(closed, start => source.Location.StartsWith(start, StringComparison.Ordinal))))
                continue;

            gone.Add(source);
            progress.ShowGone(source);
        }

        string[] pruned = [.. gone.Where(one => mayPrune || one.Displaced).Select(static one => one.Location)];
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
