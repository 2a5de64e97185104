using System.Threading.Channels;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Watching;

/// <summary>
/// Tells that something below a folder has changed, and where; what, is found by looking. Where the system can't watch all
/// of it, it is to be looked at again and again.
/// </summary>
internal sealed class FolderSignals : IDisposable
{
    private readonly string _folder;
    private readonly Func<string, FileSystemWatcher> _create;
    private readonly Lock _changing = new();
    private readonly Channel<string?> _signals = Channel.CreateBounded<string?>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropWrite });

    private ChangedPaths _changed = new();
    private FileSystemWatcher _watcher;

    // While two watch, which may be more than the system allows, where one is not.
    private volatile bool _isRenewing;
    private volatile bool _isRefused;

    /// <summary>Begins to watch.</summary>
    public FolderSignals(string folder)
        : this(folder, static path => new FileSystemWatcher(path))
    {
    }

    /// <summary>Begins to watch by other means.</summary>
    /// <param name="folder">The path.</param>
    /// <param name="create">Makes what watches a path.</param>
    public FolderSignals(string folder, Func<string, FileSystemWatcher> create)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _create = create;
        _watcher = Watch();
    }

    /// <summary>Whether the system can't watch all of the folder.</summary>
    public bool IsBlind { get; private set; }

    /// <summary>Begins anew, with the folders that are there now: what was moved here may not be watched yet.</summary>
    public void Renew()
    {
        if (!Directory.Exists(_folder))
            return;

        // The former one watches on meanwhile, so that nothing is missed.
        var former = _watcher;
        _isRenewing = true;
        _watcher = Watch();
        former.Dispose();
        _isRenewing = false;
        if (!_isRefused)
            return;

        _isRefused = false;
        _watcher.Dispose();
        _watcher = Watch();

        // Nobody watched for a moment.
        lock (_changing)
            _changed.AddEverywhere();

        _signals.Writer.TryWrite(null);
    }

    /// <summary>Where something has changed since this was asked last.</summary>
    public ChangedPaths TakeChanged()
    {
        lock (_changing)
        {
            var changed = _changed;
            _changed = new ChangedPaths();
            return changed;
        }
    }

    /// <summary>Waits for the next signal; one that came meanwhile counts.</summary>
    /// <param name="most">How long at most.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// Whether that time is over, and what is to be said of the signal; null for nothing. Where the signal is of what
    /// was taken before it was waited for, nothing has changed since.
    /// </returns>
    public async Task<(bool IsOver, string? Said)> WaitAsync(
        TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signal = _signals.Reader.WaitToReadAsync(waiting.Token).AsTask();
        var late = Task.Delay(most, time, waiting.Token);
        await Task.WhenAny(signal, late);
        cancellationToken.ThrowIfCancellationRequested();
        var isOver = late.IsCompleted;
        await waiting.CancelAsync();

        string? said = null;
        while (_signals.Reader.TryRead(out var more))
            said ??= more;

        return (isOver, said);
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher.Dispose();

    private FileSystemWatcher Watch()
    {
        var watcher = _create(_folder);
        watcher.IncludeSubdirectories = true;
        watcher.NotifyFilter =
            NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size | NotifyFilters.LastWrite;
        watcher.Created += (_, change) => Tell(change.FullPath);
        watcher.Changed += (_, change) => Tell(change.FullPath);
        watcher.Deleted += (_, change) => Tell(change.FullPath);
        watcher.Renamed += (_, change) =>
        {
            Tell(change.OldFullPath);
            Tell(change.FullPath);
        };
        watcher.Error += (_, failure) => Fail(failure.GetException());
        try
        {
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(failure);
        }

        return watcher;
    }

    private void Tell(string path)
    {
        lock (_changing)
            _changed.Add(path);

        _signals.Writer.TryWrite(null);
    }

    private void Fail(Exception failure)
    {
        if (_isRenewing && failure is not InternalBufferOverflowException)
        {
            _isRefused = true;
            return;
        }

        IsBlind = IsBlind || failure is not InternalBufferOverflowException;
        lock (_changing)
            _changed.AddEverywhere();

        _signals.Writer.TryWrite(failure is InternalBufferOverflowException
            ? "more has changed at once than the system tells of: all of the folder is looked at"
            : $"the system can't watch all of the folder ({failure.Message}): it is looked at again and again");
    }
}
