using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Import.Watching;

namespace SpotifyCore.Import;

/// <summary>Imports a folder, and then what changes in it if that is wanted.</summary>
/// <param name="options">What is wanted.</param>
/// <param name="librarian">The access point.</param>
/// <param name="import">Imports a source.</param>
/// <param name="log">Where JSON lines go beside what is shown, if the options say so.</param>
internal sealed class FolderImport(
    ImportOptions options, LibrarianClient librarian, TrackImport import, TextWriter log)
{
    // Of more paths the catalogue is asked for all of the folder.
    private const int MostPaths = 200;

    /// <summary>Imports what was found.</summary>
    public Task<ImportTotals> RunAsync(IReadOnlyList<SourceFile> found, CancellationToken cancellationToken) => RunAsync(
        found,
        Directory.Exists(options.Folder) ? new GoneSources(librarian, options.Folder, options.MayPrune) : null,
        CreateProgress(new TerminalProgress(options.Terminal, static () => Console.WindowWidth)),
        cancellationToken);

    /// <summary>Imports what changes, until it is cancelled.</summary>
    /// <param name="signals">Tell that something has changed.</param>
    /// <param name="taken">What was imported, as it was then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task WatchAsync(
        FolderSignals signals, IReadOnlyDictionary<string, FileStamp> taken, CancellationToken cancellationToken)
    {
        var progress = CreateProgress(new WatchProgress(Console.Out, TimeProvider.System));
        var changes = new ChangeImport(
            librarian, (change, cancelled) => TakeInAsync(change, progress, cancelled), progress, TimeProvider.System);
        return new FolderWatch(options.Folder, progress, TimeProvider.System)
            .RunAsync(signals, new FolderChanges(taken), changes.RunAsync, cancellationToken);
    }

    private Task<ImportTotals> TakeInAsync(
        FolderChange change, IImportProgress progress, CancellationToken cancellationToken)
    {
        var gone = new GoneSources(librarian, options.Folder, options.MayPrune)
        {
            Paths = change.Paths.Count <= MostPaths ? change.Paths : null, Found = change.Found,
        };
        return RunAsync(change.Changed, gone, progress, cancellationToken);
    }

    // One more than there are cores, so that none idles while a track is being stored.
    private Task<ImportTotals> RunAsync(
        IReadOnlyList<SourceFile> sources, GoneSources? gone, IImportProgress progress,
        CancellationToken cancellationToken) =>
        new Importer(import, progress, TimeProvider.System) { Gone = gone }
            .RunAsync(sources, options.Jobs + 1, cancellationToken);

    private IImportProgress CreateProgress(IImportProgress forPeople)
    {
        var progress = options.IsJson ? new JsonProgress(Console.Out) : forPeople;
        return options.LogFile is null ? progress : new ProgressPair(progress, new JsonProgress(log));
    }
}
