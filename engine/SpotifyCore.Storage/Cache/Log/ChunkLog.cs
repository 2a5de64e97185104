using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using FASTER.core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// FASTER's hybrid log of chunks: records are appended, read from its memory by address, and read from its files
/// once they have left memory. Safe for many threads.
/// </summary>
internal sealed class ChunkLog : IDisposable
{
    private const int MaxIdleRecords = 32;

    private readonly LogSegments _segments;
    private readonly SegmentDevice _device;
    private readonly FasterKV<RecordKey, RecordValue> _store;
    private readonly LogCheckpoints _checkpoints = new();
    private readonly ObjectPool<LogSession> _sessions;
    private readonly ConcurrentDictionary<LogSession, Task> _abandoned = new();
    private readonly ObjectPool<byte[]> _records = new DefaultObjectPool<byte[]>(new RecordPolicy(), MaxIdleRecords);
    private readonly long _maxPendingBytes;

    public ChunkLog(string directory, LogGeometry geometry, long memoryBytes, ILogger logger)
    {
        Geometry = geometry;
        _segments = new LogSegments(Path.Combine(directory, "segments"));
        _device = new SegmentDevice(_segments, logger);
        _maxPendingBytes = memoryBytes / 4;
        _store = Open(geometry, memoryBytes);
        _sessions = new DefaultObjectPoolProvider { MaximumRetained = 4 * Environment.ProcessorCount }
            .Create(new SessionPolicy(_store));
    }

    public LogGeometry Geometry { get; }

    public LogSegments Segments => _segments;

    public long TailAddress => _store.Log.TailAddress;

    public int WriteFailures => _device.Failures;

    /// <summary>The first address in memory.</summary>
    public long HeadAddress => _store.Log.HeadAddress;

    /// <summary>Bytes of files, or to become files, from the first segment to the tail.</summary>
    public long DiskBytes => TailAddress - Geometry.StartOf(_segments.First);

    /// <summary>True while the disk is so far behind that an append would have to wait for it.</summary>
    public bool IsBehind => _device.PendingBytes > _maxPendingBytes;

    public Task WhenSomeWrittenAsync() => _device.WhenSomeWrittenAsync();

    /// <summary>
    /// Appends a record. Blocks only when the disk fell behind since <see cref="IsBehind"/> was asked.
    /// </summary>
    public ChunkPlace Append(ChunkId chunk, ReadOnlySpan<byte> payload)
    {
        var session = _sessions.Get();
        try
        {
            return session.Append(chunk, payload);
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    /// <summary>Copies a record that is in memory; false when it has left. Never waits for the disk.</summary>
    public bool TryReadMemory(ChunkId chunk, ChunkPlace place, Span<byte> destination)
    {
        if (place.Address < HeadAddress)
            return false;

        var session = _sessions.Get();
        var isRead = session.TryRead(chunk, place, destination);
        if (session.IsReady)
            _sessions.Return(session);
        else
            Abandon(session);

        return isRead;
    }

    /// <summary>Copies a record from its file if it is there and undamaged.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> TryReadDiskAsync(
        ChunkId chunk, ChunkPlace place, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_segments.Find(Geometry.SegmentOf(place.Address)) is not { } file)
            return false;

        var length = LogGeometry.RecordHeaderSize + place.Length;
        var record = _records.Get();
        try
        {
            var offset = Geometry.OffsetOf(place.Address);
            var read = await RandomAccess.ReadAsync(file, record.AsMemory(0, length), offset, cancellationToken);
            if (read < length || !RecordReader.TryRead(record.AsSpan(0, length), out var found) || found.Chunk != chunk)
                return false;

            found.Payload.CopyTo(destination.Span);
            return found.Payload.Length == place.Length;
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            _records.Return(record);
        }
    }

    /// <summary>Forgets what lies below <paramref name="address"/>. The files stay until they are deleted.</summary>
    public void ShiftBegin(long address) =>
        _store.Log.ShiftBeginAddress(address, snapToPageStart: false, truncateLog: false);

    /// <summary>Writes out all that was appended and a checkpoint of FASTER's, and waits for both.</summary>
    public async Task<LogCheckpoint> CheckpointAsync(CancellationToken cancellationToken)
    {
        var (taken, token) = await _store.TakeFullCheckpointAsync(CheckpointType.FoldOver, cancellationToken);
        if (!taken)
            throw new InvalidOperationException("A checkpoint is being taken already.");

        _segments.Sync();
        return _checkpoints.Taken(token);
    }

    /// <summary>
    /// Goes on from a checkpoint. Nothing that FASTER read from disk stays in its memory, so that all there is in
    /// memory was put by this process.
    /// </summary>
    public void Recover(LogCheckpoint checkpoint)
    {
        _checkpoints.Offer(checkpoint);
        _store.Recover(checkpoint.Token, checkpoint.Token, numPagesToPreload: 1, undoNextVersion: true);
        _store.DisposeRecoverableSessions(); // Else each checkpoint would name those of all processes before.
        _store.Log.FlushAndEvict(wait: true);
        _segments.EndAt(Geometry.SegmentOf(TailAddress));
        var first = Geometry.StartOf(_segments.First);
        if (first > _store.Log.BeginAddress)
            ShiftBegin(first);
    }

    /// <summary>Ends when the reads have that nobody waited for: before that the log must not be disposed of.</summary>
    public Task WhenReadsEndedAsync() => Task.WhenAll(_abandoned.Values);

    public void Dispose()
    {
        (_sessions as IDisposable)?.Dispose();
        _store.Dispose();
        _device.Dispose();
        _segments.Dispose();
    }

    private FasterKV<RecordKey, RecordValue> Open(LogGeometry geometry, long memoryBytes)
    {
        var records = memoryBytes / LogGeometry.RecordSize;
        return new FasterKV<RecordKey, RecordValue>(
            (long)BitOperations.RoundUpToPowerOf2((ulong)(records / 4)),
            new LogSettings
            {
                LogDevice = _device,
                PageSizeBits = LogGeometry.PageBits,
                SegmentSizeBits = geometry.SegmentBits,
                MemorySizeBits = BitOperations.Log2((ulong)memoryBytes),
                MutableFraction = 0.5,
                PreallocateLog = true,
            },
            new CheckpointSettings { CheckpointManager = _checkpoints },
            comparer: new RecordKeyComparer(),
            concurrencyControlMode: ConcurrencyControlMode.None);
    }

    private void Abandon(LogSession session)
    {
        var ended = new TaskCompletionSource();
        _abandoned[session] = ended.Task;
        _ = ReturnWhenReadyAsync(session, ended);
    }

    private async Task ReturnWhenReadyAsync(LogSession session, TaskCompletionSource ended)
    {
        await session.WhenReadyAsync();
        _sessions.Return(session);
        _abandoned.TryRemove(session, out _);
        ended.SetResult();
    }

    private sealed class SessionPolicy(FasterKV<RecordKey, RecordValue> store) : IPooledObjectPolicy<LogSession>
    {
        public LogSession Create() => new(store);

        public bool Return(LogSession obj) => true;
    }

    private sealed class RecordPolicy : IPooledObjectPolicy<byte[]>
    {
        public byte[] Create() => GC.AllocateUninitializedArray<byte>(LogGeometry.RecordSize);

        public bool Return(byte[] obj) => true;
    }
}
