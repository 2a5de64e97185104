using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>
/// Takes checkpoints, one at a time. The log is written once, as it grows; the directory's snapshot more seldom.
/// </summary>
internal sealed class CacheCheckpointer(
    ChunkLog log, ChunkAppender appender, ChunkDirectory directory, CheckpointStore store, long snapshotBytes)
    : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _number;
    private long _tail = log.TailAddress;
    private SnapshotFile? _snapshot;
    private long _scanFrom;
    private int _writeFailures;

    /// <summary>Bytes appended that the last checkpoint does not hold.</summary>
    public long PendingBytes => log.TailAddress - Volatile.Read(ref _tail);

    /// <summary>Goes on after the checkpoint that the cache was opened from.</summary>
    public void ContinueFrom(CacheCheckpoint checkpoint)
    {
        _number = checkpoint.Number;
        _snapshot = checkpoint.Snapshot;
        _scanFrom = checkpoint.ScanFrom;
        _tail = log.TailAddress;
    }

    /// <summary>Makes all that was put before the call survive the process.</summary>
    /// <exception cref="IOException">Some of it could not be written.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken, bool last = false)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (PendingBytes == 0 && _snapshot is not null)
                return;

            var number = _number + 1;
            var tail = log.TailAddress;
            var (snapshot, scanFrom) = _snapshot is null || last || tail - _scanFrom >= snapshotBytes
                ? await TakeSnapshotAsync(number)
                : (_snapshot, _scanFrom);

            // Not to be given up half-way: FASTER goes on with a checkpoint it began.
            var taken = await log.CheckpointAsync(CancellationToken.None);
            ThrowIfWritesFailed();
            store.Commit(new CacheCheckpoint(number, scanFrom, snapshot, taken));
            (_number, _snapshot, _scanFrom) = (number, snapshot, scanFrom);
            Volatile.Write(ref _tail, tail);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    // Before FASTER's checkpoint, so that it names no place behind its end: there the log is written over after a crash.
    // It has the place of every record before the page that is scanned first.
    private async Task<(SnapshotFile Snapshot, long ScanFrom)> TakeSnapshotAsync(long number)
    {
        var end = await appender.DrainAsync();
        DirectorySnapshot.Write(store.SnapshotPath(number), directory);
        return (
            SnapshotFile.Of(number, store.SnapshotPath(number)), end >> LogGeometry.PageBits << LogGeometry.PageBits);
    }

    private void ThrowIfWritesFailed()
    {
        var failures = log.WriteFailures;
        if (failures == _writeFailures)
            return;

        _writeFailures = failures;
        throw new IOException("Some of the chunk cache could not be written to disk.");
    }
}
