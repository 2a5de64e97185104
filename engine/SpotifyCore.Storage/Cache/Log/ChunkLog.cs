using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FASTER.core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache.Log;

using Session = ClientSession<RecordKey, RecordValue, LogInput, LogOutput, Empty, LogFunctions>;

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
    private readonly ObjectPool<Session> _sessions;
    private readonly ObjectPool<byte[]> _records = new DefaultObjectPool<byte[]>(new RecordPolicy(), MaxIdleRecords);
    private readonly long _maxPendingBytes;
    private RecordValue _none;

    public ChunkLog(string directory, LogGeometry geometry, long memoryBytes, ILogger logger)
    {
        Geometry = geometry;
        _segments = new LogSegments(Path.Combine(directory, "segments"));
        _device = new SegmentDevice(_segments, logger);
        _maxPendingBytes = memoryBytes / 4;
        Checkpoints = new DeviceLogCommitCheckpointManager(
            new LocalStorageNamedDeviceFactory(), new DefaultCheckpointNamingScheme(directory), removeOutdated: false);
        _store = Open(geometry, memoryBytes);
        _sessions = new DefaultObjectPoolProvider { MaximumRetained = 4 * Environment.ProcessorCount }
            .Create(new SessionPolicy(_store));
    }

    public LogGeometry Geometry { get; }

    public DeviceLogCommitCheckpointManager Checkpoints { get; }

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
    public unsafe ChunkPlace Append(ChunkId chunk, ReadOnlySpan<byte> payload)
    {
        var session = _sessions.Get();
        try
        {
            fixed (byte* pinned = payload)
            {
                var key = new RecordKey(chunk);
                var input = new LogInput
                {
                    Key = key, Payload = pinned, Length = payload.Length, Hash = RecordHash.Of(chunk, payload),
                };
                var output = default(LogOutput);
                session.Upsert(ref key, ref input, ref _none, ref output);
                return new ChunkPlace(output.Address, payload.Length);
            }
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    /// <summary>Copies a record that is in memory; false when it has left.</summary>
    public unsafe bool TryReadMemory(ChunkId chunk, ChunkPlace place, Span<byte> destination)
    {
        if (place.Address < HeadAddress)
            return false;

        var session = _sessions.Get();
        try
        {
            fixed (byte* pinned = destination)
            {
                var input = new LogInput { Key = new RecordKey(chunk), Length = place.Length };
                var output = new LogOutput { Destination = pinned };
                var options = default(ReadOptions);
                SetStartAddress(ref options, place.Address);
                var status = session.ReadAtAddress(ref input, ref output, ref options);

                // It left memory just now: let FASTER's own read end, and do not take it, as nobody checked it.
                if (status.IsPending)
                    session.CompletePending(wait: true);
                return !status.IsPending && status.Found && output.Length == place.Length;
            }
        }
        finally
        {
            _sessions.Return(session);
        }
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
    public async Task<Guid> CheckpointAsync(CancellationToken cancellationToken)
    {
        var (taken, token) = await _store.TakeFullCheckpointAsync(CheckpointType.FoldOver, cancellationToken);
        if (!taken)
            throw new InvalidOperationException("A checkpoint is being taken already.");

        _segments.Sync();
        return token;
    }

    /// <summary>
    /// Goes on from a checkpoint. Nothing that FASTER read from disk stays in its memory, so that all there is in
    /// memory was put by this process.
    /// </summary>
    public void Recover(Guid token)
    {
        _store.Recover(token, token, numPagesToPreload: 1, undoNextVersion: true);
        _store.Log.FlushAndEvict(wait: true);
        _segments.EndAt(Geometry.SegmentOf(TailAddress));
        var first = Geometry.StartOf(_segments.First);
        if (first > _store.Log.BeginAddress)
            ShiftBegin(first);
    }

    public void Dispose()
    {
        (_sessions as IDisposable)?.Dispose();
        _store.Dispose();
        Checkpoints.Dispose();
        _device.Dispose();
        _segments.Dispose();
    }

    // FASTER documents the property as what to set for ReadAtAddress and left its setter internal.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_StartAddress")]
    private static extern void SetStartAddress(ref ReadOptions options, long address);

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
            new CheckpointSettings { CheckpointManager = Checkpoints },
            comparer: new RecordKeyComparer(),
            concurrencyControlMode: ConcurrencyControlMode.None);
    }

    private sealed class SessionPolicy(FasterKV<RecordKey, RecordValue> store) : IPooledObjectPolicy<Session>
    {
        private readonly LogFunctions _functions = new();

        public Session Create() => store.For(_functions).NewSession<LogFunctions>();

        public bool Return(Session obj) => true;
    }

    private sealed class RecordPolicy : IPooledObjectPolicy<byte[]>
    {
        public byte[] Create() => GC.AllocateUninitializedArray<byte>(LogGeometry.RecordSize);

        public bool Return(byte[] obj) => true;
    }
}
