using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// A chunk cache in memory, bounded, gone with the process. Room is made by the clock algorithm: the hand passes
/// chunks that were read since it last came by. Reading and putting allocate nothing, but for the directory of a new
/// file, once all the room was in use.
/// </summary>
public sealed class MemoryChunkCache : IChunkCache
{
    private const int SlotsPerBlock = 64;
    private const int Writing = -1;

    private readonly ChunkDirectory _directory = new();
    private readonly byte[]?[] _blocks;
    private readonly Slot[] _slots;
    private readonly Lock _gate = new();
    private int _hand;
    private long _hits;
    private long _misses;

    /// <summary>Makes a cache of as many whole chunks as fit in <paramref name="limitBytes"/>; the memory is taken as it fills.</summary>
    public MemoryChunkCache(long limitBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limitBytes, Manifest.ChunkSize);
        _slots = new Slot[limitBytes / Manifest.ChunkSize];
        _blocks = new byte[]?[(_slots.Length + SlotsPerBlock - 1) / SlotsPerBlock];
    }

    /// <inheritdoc/>
    public ChunkCacheUsage Usage => new(
        _directory.HeldBytes,
        (long)_slots.Length * Manifest.ChunkSize,
        Volatile.Read(ref _hits),
        Volatile.Read(ref _misses),
        Damaged: 0);

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Manifest.ChunkSize);
        var found = _directory.TryFindForReading(chunk, out var place) && TryCopy(chunk, place, destination.Span);
        Interlocked.Increment(ref found ? ref _hits : ref _misses);
        return new ValueTask<int>(found ? place.Length : 0);
    }

    /// <inheritdoc/>
    /// <remarks>A chunk that is held already is not written again; it counts as read.</remarks>
    public ValueTask PutAsync(ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sealedChunk.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sealedChunk.Length, Manifest.ChunkSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk.Index, ChunkDirectory.MaxChunks);
        lock (_gate)
        {
            if (_directory.TryFindForReading(chunk, out _))
                return ValueTask.CompletedTask;

            var slot = TakeSlot();
            sealedChunk.Span.CopyTo(MemoryOf(slot));
            _slots[slot].Owner = chunk;
            Volatile.Write(ref _slots[slot].Readers, 0);
            _directory.Set(chunk, new ChunkPlace(slot + 1, sealedChunk.Length));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public int CopyPresence(FileId file, Span<ulong> present) => _directory.CopyPresence(file, present);

    /// <inheritdoc/>
    /// <remarks>Nothing here survives the process.</remarks>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool TryCopy(ChunkId chunk, ChunkPlace place, Span<byte> destination)
    {
        var slot = (int)place.Address - 1;
        ref var readers = ref _slots[slot].Readers;
        for (var seen = Volatile.Read(ref readers); ; seen = Volatile.Read(ref readers))
        {
            if (seen == Writing)
                return false;

            if (Interlocked.CompareExchange(ref readers, seen + 1, seen) == seen)
                break;
        }

        // While there are readers nobody writes, so the owner stands.
        var owned = _slots[slot].Owner == chunk;
        if (owned)
            MemoryOf(slot)[..place.Length].CopyTo(destination);

        Interlocked.Decrement(ref readers);
        return owned;
    }

    /// <summary>A slot for writing, taken from the chunk it held. Call under the lock.</summary>
    private int TakeSlot()
    {
        var spin = default(SpinWait);
        for (var passed = 1; ; passed++)
        {
            var slot = _hand;
            _hand = slot + 1 == _slots.Length ? 0 : slot + 1;
            if (TryTake(slot))
                return slot;

            if (passed % _slots.Length == 0)
                spin.SpinOnce();
        }
    }

    private bool TryTake(int slot)
    {
        var owner = _slots[slot].Owner;
        var held = _directory.TryFind(owner, out var place) && place.Address == slot + 1;
        if (held && place.Reads > 0)
        {
            _directory.TryMove(owner, place, place.Unread());
            return false;
        }

        if (Interlocked.CompareExchange(ref _slots[slot].Readers, Writing, 0) != 0)
            return false;

        if (held && _directory.TryRemove(owner, place))
            _directory.DropIfEmpty(owner.File);
        return true;
    }

    private Span<byte> MemoryOf(int slot)
    {
        var block = _blocks[slot / SlotsPerBlock] ??= new byte[SlotsPerBlock * Manifest.ChunkSize];
        return block.AsSpan(slot % SlotsPerBlock * Manifest.ChunkSize, Manifest.ChunkSize);
    }

    /// <summary>What lies in a slot. Readers: how many copy out of it now, or that it is being written.</summary>
    private struct Slot
    {
        public ChunkId Owner;
        public int Readers;
    }
}
