using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>
/// Takes checkpoints, one at a time. The log is written once, as it grows; the directory's snapshot more seldom.
/// </summary>
internal sealed class CacheCheckpointer(
    ChunkLog log, ChunkDirectory directory, CheckpointStore store, long snapshotBytes) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _number;
    private long _tail = log.TailAddress;
    private long _snapshot = -1;
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
            if (PendingBytes == 0 && _snapshot >= 0)
                return;

            var number = _number + 1;
            var tail = log.TailAddress;

            // Not to be given up half-way: FASTER goes on with a checkpoint it began.
            var token = await log.CheckpointAsync(CancellationToken.None);
            ThrowIfWritesFailed();
            if (last || _snapshot < 0 || tail - _scanFrom >= snapshotBytes)
                TakeSnapshot(number);

            store.Commit(number, _snapshot, _scanFrom, token);
            _number = number;
            Volatile.Write(ref _tail, tail);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private void TakeSnapshot(long number)
    {
        // A put under way may have its record but not yet its place: two pages leave room for many.
        var page = log.TailAddress >> LogGeometry.PageBits;
        var scanFrom = Math.Max(page - 2, 0) << LogGeometry.PageBits;
        DirectorySnapshot.Write(store.SnapshotPath(number), directory);
        _snapshot = number;
        _scanFrom = scanFrom;
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
