using FASTER.core;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// FASTER's checkpoints in memory: what it says of the one being taken, or of the one to open from. FASTER writes them
/// while it moves from one of its states to the next, and whoever appends or reads then spins until it has: a write
/// to disk there, which ends on a thread of the pool, would never end where all of these spin. So nothing here waits;
/// the checkpointer makes it durable afterwards. One checkpoint at a time.
/// </summary>
internal sealed class LogCheckpoints : ICheckpointManager
{
    private volatile byte[]? _index;
    private volatile byte[]? _log;

    /// <summary>The checkpoint that was taken under a token.</summary>
    public LogCheckpoint Taken(Guid token) =>
        _index is { } index && _log is { } log
            ? new LogCheckpoint(token, index, log)
            : throw new InvalidOperationException("No checkpoint was taken.");

    /// <summary>Has FASTER find a checkpoint that is to be opened from.</summary>
    public void Offer(LogCheckpoint checkpoint) => (_index, _log) = (checkpoint.Index, checkpoint.Log);

    /// <inheritdoc/>
    public void InitializeIndexCheckpoint(Guid indexToken) => _index = null;

    /// <inheritdoc/>
    public void InitializeLogCheckpoint(Guid logToken) => _log = null;

    /// <inheritdoc/>
    public void CommitIndexCheckpoint(Guid indexToken, byte[] commitMetadata) => _index = commitMetadata;

    /// <inheritdoc/>
    public void CommitLogCheckpoint(Guid logToken, byte[] commitMetadata) => _log = commitMetadata;

    /// <inheritdoc/>
    public byte[]? GetIndexCheckpointMetadata(Guid indexToken) => _index;

    /// <inheritdoc/>
    public byte[]? GetLogCheckpointMetadata(
        Guid logToken, DeltaLog deltaLog, bool scanDelta = false, long recoverTo = -1) => _log;

    /// <inheritdoc/>
    public IDevice GetIndexDevice(Guid indexToken) => new EmptyIndexDevice();

    /// <summary>None: a fold-over checkpoint has no log of differences.</summary>
    public IDevice? GetDeltaLogDevice(Guid token) => null;

    /// <inheritdoc/>
    public IDevice GetSnapshotLogDevice(Guid token) => throw NoSnapshots();

    /// <inheritdoc/>
    public IDevice GetSnapshotObjectLogDevice(Guid token) => throw NoSnapshots();

    /// <inheritdoc/>
    public void CommitLogIncrementalCheckpoint(
        Guid logToken, long version, byte[] commitMetadata, DeltaLog deltaLog) => throw NoSnapshots();

    /// <inheritdoc/>
    public IEnumerable<Guid> GetIndexCheckpointTokens() => [];

    /// <inheritdoc/>
    public IEnumerable<Guid> GetLogCheckpointTokens() => [];

    /// <inheritdoc/>
    public void CheckpointVersionShift(long oldVersion, long newVersion)
    {
    }

    /// <inheritdoc/>
    public void OnRecovery(Guid indexToken, Guid logToken)
    {
    }

    /// <inheritdoc/>
    public void Purge(Guid token)
    {
    }

    /// <inheritdoc/>
    public void PurgeAll()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static NotSupportedException NoSnapshots() => new("The log is folded over, not copied.");
}
