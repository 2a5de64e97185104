using System.Buffers;
using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Shell;

/// <summary>
/// Reads and writes the chunk cache for the core. On the loop; what the cache answers comes back as work.
/// </summary>
internal sealed class CacheDesk(IChunkCache cache, ShellGround ground, CoreDriver driver)
{
    private readonly Stack<CacheOperation> _idle = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private bool _isEnding;

    /// <summary>How much the cache holds.</summary>
    public ChunkCacheUsage Usage => cache.Usage;

    /// <summary>Answers which chunks of a play's file are held.</summary>
    public void AskPresence(PlayId play, FileId file, uint chunks)
    {
        var present = new ulong[(chunks + 63) / 64];
        cache.CopyPresence(file, present);
        ground.Loop.Post(new RaisedEvent(driver, ClientEvent.CachePresence(play, present)));
    }

    /// <summary>
    /// True when the cache holds all of a file's chunks, of which there must be some. From any thread.
    /// </summary>
    public bool HoldsWhole(FileId file, uint chunks)
    {
        var words = (int)((chunks + 63) / 64);
        var present = ArrayPool<ulong>.Shared.Rent(words);
        try
        {
            return chunks > 0 && cache.CopyPresence(file, present.AsSpan(0, words)) == chunks;
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(present);
        }
    }

    /// <summary>Reads a chunk for a play.</summary>
    public void Read(PlayId play, FileId file, uint chunk) => Take().Read(play, new ChunkId(file, chunk));

    /// <summary>Reads a chunk for a peer.</summary>
    public void ReadFor(ConnectionId connection, uint request, ChunkId chunk, IChunkTaker taker) =>
        Take().ReadFor(connection, request, chunk, taker);

    /// <summary>Writes a slot's chunk, keeping the slot meanwhile.</summary>
    public void Store(in ClientAction action)
    {
        ground.Slots.AddReference(action.Slot);
        Take().Store(action.Play, new ChunkId(action.File, action.Chunk), action.Slot, action.Length);
    }

    /// <summary>Raises what came of an operation.</summary>
    public void Complete(CacheOperation operation)
    {
        if (operation.Failure is { } failure)
            ClientLog.CacheFailed(ground.Logger, failure);

        var (kind, play, slot, length) = (operation.Kind, operation.Play, operation.Slot, operation.Length);
        var (connection, request) = (operation.Connection, operation.Request);
        var (chunk, taker) = (operation.Chunk, operation.Taker);
        var stored = operation.Failure is null;
        operation.Clear();
        _idle.Push(operation);
        if (--_underWay == 0 && _isEnding)
            _ended.TrySetResult();

        if (kind == CacheOperationKind.ReadForPeer)
        {
            taker!.Take(connection, request, chunk, slot, length);
        }
        else if (kind == CacheOperationKind.Read && length > 0)
        {
            driver.Raise(ClientEvent.CacheRead(play, chunk.Index, slot, length));
        }
        else
        {
            ground.Slots.Release(slot);
            driver.Raise(kind == CacheOperationKind.Store
                ? ClientEvent.ChunkStored(play, chunk.Index, stored)
                : ClientEvent.CacheMissed(play, chunk.Index));
        }
    }

    /// <summary>
    /// Completes when no read or write is under way any more; called once, when nothing begins further ones.
    /// </summary>
    public Task EndAsync()
    {
        _isEnding = true;
        if (_underWay == 0)
            _ended.TrySetResult();

        return _ended.Task;
    }

    private CacheOperation Take()
    {
        _underWay++;
        return _idle.TryPop(out var operation) ? operation : new CacheOperation(this, cache, ground);
    }
}
