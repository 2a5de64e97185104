using System.Threading.Channels;

namespace SpotifyCore.Import.Watching;

/// <summary>
/// Tells that something below a folder has changed, not what: that is found by looking. Where the system can't watch all
/// of it, it is to be looked at again and again.
/// </summary>
internal sealed class FolderSignals : IDisposable
{
    private readonly string _folder;
    private FileSystemWatcher _watcher;
    private readonly Channel<string?> _signals = Channel.CreateBounded<string?>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Begins to watch.</summary>
    public FolderSignals(string folder)
    {
        _folder = folder;
        _watcher = Watch();
    }

    /// <summary>Whether the system can't watch all of the folder.</summary>
    public bool IsBlind { get; private set; }

    /// <summary>Begins anew, with the folders that are there now: what was moved here may not be watched yet.</summary>
    public void Renew()
    {
        if (!Directory.Exists(_folder))
            return;

        var former = _watcher;
        _watcher = Watch();
        former.Dispose();
    }

    /// <summary>Waits for the next signal; one that came meanwhile counts.</summary>
    /// <param name="most">How long at most; null for ever.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is to be said of it; null for nothing.</returns>
    public async Task<string?> WaitAsync(TimeSpan? most, TimeProvider time, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signal = _signals.Reader.WaitToReadAsync(waiting.Token).AsTask();
        var late = Task.Delay(most ?? Timeout.InfiniteTimeSpan, time, waiting.Token);
        await Task.WhenAny(signal, late);
        cancellationToken.ThrowIfCancellationRequested();
        await waiting.CancelAsync();

        string? said = null;
        while (_signals.Reader.TryRead(out var more))
            said ??= more;

        return said;
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher.Dispose();

    private FileSystemWatcher Watch()
    {
        var watcher = new FileSystemWatcher(_folder)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size
                | NotifyFilters.LastWrite,
        };
        watcher.Created += (_, _) => _signals.Writer.TryWrite(null);
        watcher.Changed += (_, _) => _signals.Writer.TryWrite(null);
        watcher.Deleted += (_, _) => _signals.Writer.TryWrite(null);
        watcher.Renamed += (_, _) => _signals.Writer.TryWrite(null);
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

    private void Fail(Exception failure)
    {
        IsBlind = IsBlind || failure is not InternalBufferOverflowException;
        _signals.Writer.TryWrite(failure is InternalBufferOverflowException
            ? "more has changed at once than the system tells of: all of the folder is looked at"
            : $"the system can't watch all of the folder ({failure.Message}): it is looked at again and again");
    }
}
