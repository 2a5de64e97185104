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

    // The console's own writer gives each line to the system by itself.
    private const int LinesBuffer = 32 * 1024;

    /// <summary>Imports what was found; what is as it was is not read.</summary>
    public Task<ImportTotals> RunAsync(IReadOnlyList<SourceFile> found, CancellationToken cancellationToken)
    {
        var isFolder = Directory.Exists(options.Folder);
        var prefix = isFolder
            ? SourceFile.PrefixOf(options.Folder)
            : SourceFile.LocationOf(Path.GetFullPath(options.Folder));
        var progress = CreateProgress(new TerminalProgress(options.Terminal, static () => Console.WindowWidth));
        var importer = new Importer(import, progress, TimeProvider.System)
        {
            Unchanged = options.ReadsAll || options.Advert is not null ? null : new UnchangedSources(librarian, prefix, import.Encoder),
            Gone = isFolder && options.Advert is null ? new GoneSources(librarian, options.Folder, options.MayPrune) : null,
        };
        return RunAsync(importer, found, cancellationToken);
    }

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
        var importer = new Importer(import, progress, TimeProvider.System) { Gone = gone };
        return RunAsync(importer, change.Changed, cancellationToken);
    }

    // One more than there are cores, so that none idles while a track is being stored.
    private Task<ImportTotals> RunAsync(
        Importer importer, IReadOnlyList<SourceFile> sources, CancellationToken cancellationToken) =>
        importer.RunAsync(sources, options.Jobs + 1, cancellationToken);

    private IImportProgress CreateProgress(IImportProgress forPeople)
    {
        var progress = options.IsJson ? new JsonProgress(CreateLines()) : forPeople;
        return options.LogFile is null ? progress : new ProgressPair(progress, new JsonProgress(log));
    }

    private static StreamWriter CreateLines() => new(Console.OpenStandardOutput(), bufferSize: LinesBuffer);
}
