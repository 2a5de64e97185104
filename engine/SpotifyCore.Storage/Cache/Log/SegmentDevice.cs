using FASTER.core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Storage.Cache.Logging;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// FASTER's way to the segments. A write that fails is counted and reported to FASTER as done, since FASTER would
/// wait for it for ever: records are checked when they are read, so what is not on disk is a miss.
/// Segments are deleted by the cache, never by FASTER.
/// </summary>
internal sealed unsafe class SegmentDevice(LogSegments segments, ILogger logger)
    : StorageDeviceBase("log", SectorBytes, CapacityUnspecified)
{
    private const uint SectorBytes = 512;
    private const long CapacityUnspecified = -1;

    private long _pendingBytes;
    private int _failures;
    private volatile bool _isFailing;
    private volatile TaskCompletionSource? _drained;

    /// <summary>Writes that failed since the cache was opened.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Bytes given to write and not yet written.</summary>
    public long PendingBytes => Volatile.Read(ref _pendingBytes);

    /// <summary>Ends when some write has ended.</summary>
    public Task WhenSomeWrittenAsync()
    {
        var waiting = _drained ?? Interlocked.CompareExchange(ref _drained, NewSource(), null) ?? _drained;
        return PendingBytes == 0 || waiting is null ? Task.CompletedTask : waiting.Task;
    }

    public override void WriteAsync(
        IntPtr sourceAddress,
        int segmentId,
        ulong destinationAddress,
        uint numBytesToWrite,
        DeviceIOCompletionCallback callback,
        object context)
    {
        Interlocked.Add(ref _pendingBytes, numBytesToWrite);
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                var source = new ReadOnlySpan<byte>((void*)sourceAddress, (int)numBytesToWrite);
                Write(segmentId, (long)destinationAddress, source);
                NoteWritten(numBytesToWrite);
                callback(0, numBytesToWrite, context);
            },
            null);
    }

    public override void ReadAsync(
        int segmentId,
        ulong sourceAddress,
        IntPtr destinationAddress,
        uint readLength,
        DeviceIOCompletionCallback callback,
        object context) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                Read(segmentId, (long)sourceAddress, new Span<byte>((void*)destinationAddress, (int)readLength));
                callback(0, readLength, context);
            },
            null);

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result) =>
        callback(result);

    public override void Dispose()
    {
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // FASTER would wait for ever for a read that fails. What is not there, and so what cannot be read, is zero: no record.
    private void Read(int segment, long offset, Span<byte> destination)
    {
        try
        {
            segments.Read(segment, destination, offset);
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            destination.Clear();
            logger.LogReadFailed(segment, failure);
        }
    }

    private void Write(int segment, long offset, ReadOnlySpan<byte> source)
    {
        try
        {
            segments.Write(segment, source, offset);
            _isFailing = false;
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _failures);

            // Said once, until a write succeeds: a full disk fails every page.
            if (!_isFailing)
                logger.LogWriteFailed(segment, failure);

            _isFailing = true;
        }
    }

    private void NoteWritten(uint length)
    {
        Interlocked.Add(ref _pendingBytes, -length);
        Interlocked.Exchange(ref _drained, null)?.TrySetResult();
    }
}
