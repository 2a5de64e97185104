using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Shell;

/// <summary>One read or write of the cache on its way; kept and used again. Begun and completed on the loop.</summary>
internal sealed class CacheOperation(CacheDesk desk, IChunkCache cache, SlotPool slots, ClientLoop loop) : ILoopWork
{
    private bool _begun;

    public CacheOperationKind Kind { get; private set; }

    public PlayId Play { get; private set; }

    public ConnectionId Connection { get; private set; }

    public uint Request { get; private set; }

    public ChunkId Chunk { get; private set; }

    public IChunkTaker? Taker { get; private set; }

    /// <summary>The buffer read into or written from; this operation holds a reference.</summary>
    public int Slot { get; private set; }

    /// <summary>Bytes to write, or read: 0 for a miss.</summary>
    public int Length { get; private set; }

    /// <summary>Why the cache could not do it; null when it could.</summary>
    public string? Failure { get; private set; }

    /// <summary>Becomes a read for a play.</summary>
    public void Read(PlayId play, ChunkId chunk)
    {
        (Kind, Play, Chunk, Slot) = (CacheOperationKind.Read, play, chunk, ClientEvent.NoSlot);
        Begin();
    }

    /// <summary>Becomes a read for a peer.</summary>
    public void ReadFor(ConnectionId connection, uint request, ChunkId chunk, IChunkTaker taker)
    {
        (Kind, Connection, Request) = (CacheOperationKind.ReadForPeer, connection, request);
        (Chunk, Taker, Slot) = (chunk, taker, ClientEvent.NoSlot);
        Begin();
    }

    /// <summary>Becomes a write; a reference to the slot passes over.</summary>
    public void Store(PlayId play, ChunkId chunk, int slot, int length)
    {
        (Kind, Play, Chunk, Slot, Length) = (CacheOperationKind.Store, play, chunk, slot, length);
        Begin();
    }

    /// <summary>Goes on: with a free buffer after waiting for one, or with the cache's answer.</summary>
    public void Run()
    {
        if (_begun)
            desk.Complete(this);
        else
            Begin();
    }

    /// <summary>Forgets what it was for.</summary>
    public void Clear()
    {
        (_begun, Length, Failure, Taker) = (false, 0, null, null);
    }

    private void Begin()
    {
        if (Slot == ClientEvent.NoSlot)
        {
            if (!slots.TryRent(out var slot))
            {
                slots.WhenFree(this);
                return;
            }

            Slot = slot;
        }

        _begun = true;
        var answer = AskAsync();
        if (answer.IsCompletedSuccessfully)
            answer.GetAwaiter().GetResult();
    }

    // Pooled, because it runs once a chunk; what it awaits may complete on any thread, so it ends by posting.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AskAsync()
    {
        try
        {
            if (Kind == CacheOperationKind.Store)
                await cache.PutAsync(Chunk, slots[Slot][..Length]);
            else
                Length = await cache.ReadAsync(Chunk, slots[Slot]);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Failure = failure.Message;
            Length = 0;
        }

        loop.Post(this);
    }
}
