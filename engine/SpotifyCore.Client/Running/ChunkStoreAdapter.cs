using System.Buffers;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Client.Running;

/// <summary>
/// Reads and writes the chunk cache for the core. On the loop; what the cache answers comes back as work.
/// </summary>
internal sealed class ChunkStoreAdapter(IChunkCache cache, HeldFiles held, LoopContext context, ClientRuntime runtime)
    : IChunkStore
{
    private readonly Stack<CacheRequest> _idle = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private bool _isEnding;

    /// <summary>Where files lie that are kept offline: set before the first is wanted.</summary>
    public IKeptStore? Kept { get; set; }

    /// <summary>How much the cache holds.</summary>
    public ChunkCacheUsage Usage => cache.Usage;

    /// <inheritdoc/>
    public void AskPresence(in AskPresence asked)
    {
        var present = new ulong[(asked.Chunks + 63) / 64];
        cache.CopyPresence(asked.File, present);
        context.Loop.Post(runtime, new PresenceKnown(asked.Play, present));
    }

    /// <inheritdoc/>
    public void QueryHeld(in QueryHeld query)
    {
        var isHeld = HoldsWhole(query.File, held.ChunksOf(query.File));
        context.Loop.Post(runtime, new HeldAnswered(query.Connection, query.Request, query.File, isHeld));
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

    /// <inheritdoc/>
    public void Read(in ReadChunk read) => Take().Read(read.Play, new ChunkId(read.File, read.Chunk));

    /// <summary>Reads a chunk for a peer.</summary>
    public void ReadFor(in SendChunk asked, IChunkReceiver receiver) => Take().ReadFor(asked, receiver);

    /// <inheritdoc/>
    public void Store(in StoreChunk stored)
    {
        context.Slots.AddReference(stored.Slot);
        Take().Store(stored.Play, new ChunkId(stored.File, stored.Chunk), stored.Slot, stored.Length);
    }

    /// <inheritdoc/>
    public void OpenKept(in OpenKept opening) => Kept!.Open(opening);

    /// <inheritdoc/>
    public void Keep(in KeepChunk chunk)
    {
        context.Slots.AddReference(chunk.Slot);
        Take().Keep(chunk.Keeping, new ChunkId(chunk.File, chunk.Chunk), chunk.Slot, chunk.Length);
    }

    /// <inheritdoc/>
    public void EndKeeping(in EndKeeping ended) => Kept!.End(ended);

    /// <summary>Raises what came of an operation.</summary>
    public void Complete(CacheRequest operation)
    {
        if (operation.Failure is { } failure)
            ClientLog.CacheFailed(context.Logger, failure);

        var (kind, play, slot, length) = (operation.Kind, operation.Play, operation.Slot, operation.Length);
        var (chunk, asked, receiver) = (operation.Chunk, operation.Asked, operation.Receiver);
        var (stored, reason) = (operation.Failure is null, operation.Failure);
        operation.Clear();
        _idle.Push(operation);
        if (--_underWay == 0 && _isEnding)
            _ended.TrySetResult();

        if (kind == CacheRequestKind.ReadForPeer)
        {
            receiver!.Receive(asked, slot, length);
        }
        else if (kind == CacheRequestKind.Read && length > 0)
        {
            Raise(new CacheRead(play, chunk.Index, slot, length));
        }
        else
        {
            context.Slots.Release(slot);
            if (kind == CacheRequestKind.Keep && reason is not null)
                Kept!.NoteFailed(play, reason);

            RaiseOver(kind, play, chunk.Index, stored);
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

    private void RaiseOver(CacheRequestKind kind, PlayId play, uint chunk, bool stored)
    {
        if (kind == CacheRequestKind.Store)
            runtime.Raise(new ChunkStored(play, chunk, stored));
        else if (kind == CacheRequestKind.Keep)
            runtime.Raise(new ChunkKept(play, chunk, stored));
        else
            runtime.Raise(new CacheMissed(play, chunk));
    }

    private void Raise(in CacheRead read)
    {
        try
        {
            runtime.Raise(read);
        }
        finally
        {
            context.Slots.Release(read.Slot);
        }
    }

    private CacheRequest Take()
    {
        _underWay++;
        return _idle.TryPop(out var operation) ? operation : new CacheRequest(this, cache, context);
    }
}
