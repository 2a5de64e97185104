using Microsoft.Extensions.Logging;
using SpotifyCore.Storage.Cache.Checkpoints;
using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Logging;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// Keeps a cache within its bounds and its checkpoints fresh, in one loop of its own. Owns log and checkpointer, and takes
/// a last checkpoint at its end.
/// </summary>
internal sealed class CacheMaintenance : IAsyncDisposable
{
    // A checkpoint is taken each time, so it should be worth it.
    private const int SegmentsAtOnce = 4;

    private readonly ChunkLog _log;
    private readonly CacheCheckpointer _checkpointer;
    private readonly CacheEviction _eviction;
    private readonly ChunkCacheOptions _options;
    private readonly ILogger _logger;
    private readonly TimeSpan _interval;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource _room = NewSource();
    private volatile bool _intervalOver;
    private ITimer? _timer;
    private int _isTimed;
    private Task _running = Task.CompletedTask;

    public CacheMaintenance(
        ChunkLog log, CacheCheckpointer checkpointer, CacheEviction eviction, ChunkCacheOptions options, ILogger logger)
    {
        _log = log;
        _checkpointer = checkpointer;
        _eviction = eviction;
        _options = options;
        _logger = logger;
        _interval = TimeSpan.FromSeconds(options.CheckpointSeconds);
    }

    /// <summary>
    /// Bytes of the log from which on room is made; two segments are left for what goes on meanwhile.
    /// </summary>
    public long SoftLimit => _options.DiskBytes - (2 * _log.Geometry.SegmentSize);

    /// <summary>True while an append must wait for room; what is moved to make it may need two segments.</summary>
    public bool IsFull => _log.DiskBytes > _options.DiskBytes - (2 * _log.Geometry.SegmentSize);

    /// <summary>Bytes appended that no checkpoint holds.</summary>
    public long UnsavedBytes => _checkpointer.PendingBytes;

    public void Start(TimeProvider time)
    {
        _timer = time.CreateTimer(
            static self => ((CacheMaintenance)self!).OnInterval(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Says that something was appended.</summary>
    public void OnAppended()
    {
        Time();
        if (_log.DiskBytes > SoftLimit || _checkpointer.PendingBytes >= _options.CheckpointBytes)
            Wake();
    }

    /// <summary>Ends when there may be room again.</summary>
    public async Task WhenRoomAsync(CancellationToken cancellationToken)
    {
        var room = _room;
        Wake();
        if (IsFull)
            await room.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Makes all that was put before the call survive the process.</summary>
    /// <exception cref="IOException">Some of it could not be written.</exception>
    public Task SaveAsync(CancellationToken cancellationToken) => _checkpointer.TakeAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();

        await _stop.CancelAsync();
        await _running;
        _room.TrySetCanceled();
        _stop.Dispose();
        _wake.Dispose();
        try
        {
            await _checkpointer.TakeAsync(CancellationToken.None, last: true);
        }
        catch (IOException failure)
        {
            _logger.LogMaintenanceFailed(failure);
        }

        _checkpointer.Dispose();
        await _log.WhenReadsEndedAsync();
        _log.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets an interval begin unless one runs: a cache that nothing is put into is not woken.</summary>
    private void Time()
    {
        if (Volatile.Read(ref _isTimed) == 0 && Interlocked.Exchange(ref _isTimed, 1) == 0)
            _timer!.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    private void OnInterval()
    {
        _intervalOver = true;
        Wake();
    }

    private void Wake()
    {
        if (_wake.CurrentCount > 0)
            return;

        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it at the same moment.
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(_stop.Token);
                await DoWhatIsDueAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must go on: without it the cache would stop taking chunks.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _logger.LogMaintenanceFailed(failure);
                Time();
            }
        }
    }

    private async Task DoWhatIsDueAsync()
    {
        while (_log.DiskBytes > SoftLimit)
            await MakeRoomAsync();

        var isOver = _intervalOver;
        _intervalOver = false;
        if (!isOver && _checkpointer.PendingBytes < _options.CheckpointBytes)
            return;

        // What is appended from here on begins an interval of its own, whether the checkpoint still holds it or not.
        Volatile.Write(ref _isTimed, 0);
        if (_checkpointer.PendingBytes > 0)
            await _checkpointer.TakeAsync(_stop.Token);
    }

    private async Task MakeRoomAsync()
    {
        var first = 0;
        var end = _log.TailAddress + _log.Geometry.SegmentSize;
        for (var evicted = 0; evicted < SegmentsAtOnce && _log.TailAddress < end; evicted++)
        {
            (first, var kept) = await _eviction.EvictAsync(_stop.Token);
            _logger.LogMadeRoom(first, kept);
        }

        try
        {
            // What was moved to the end must be safe there before its old place goes.
            await _checkpointer.TakeAsync(_stop.Token);
        }
        catch (IOException failure)
        {
            _logger.LogMaintenanceFailed(failure);
        }

        _log.Segments.DeleteBelow(first);
        Interlocked.Exchange(ref _room, NewSource()).TrySetResult();
    }
}
