using System.Numerics;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache.Memory;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// A chunk cache in memory, bounded, gone with the process. Room is made by the clock algorithm: the hand passes
/// chunks
/// that were read since it last came by. Once the room was all in use nothing allocates any more.
/// </summary>
public sealed class MemoryChunkCache : IChunkCache
{
    private const int SlotsPerBlock = 64;
    private const int BlockSize = SlotsPerBlock * Manifest.ChunkSize;

    private readonly SlotTable _slots;
    private readonly byte[]?[] _blocks;
    private long _hits;
    private long _misses;

    /// <summary>
    /// Makes a cache of as many whole chunks as fit in <paramref name="limitBytes"/>; the memory is taken as it
    /// fills.
    /// </summary>
    public MemoryChunkCache(long limitBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limitBytes, Manifest.ChunkSize);
        _slots = new SlotTable((int)(limitBytes / Manifest.ChunkSize));
        _blocks = new byte[]?[(_slots.Count + SlotsPerBlock - 1) / SlotsPerBlock];
    }

    /// <inheritdoc/>
    public ChunkCacheUsage Usage => new(
        _slots.HeldBytes,
        (long)_slots.Count * Manifest.ChunkSize,
        Volatile.Read(ref _hits),
        Volatile.Read(ref _misses),
        Damaged: 0,
        UnsavedBytes: _slots.HeldBytes);

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(
        ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Manifest.ChunkSize);
        var found = TryRead(chunk, destination.Span, out var length);
        Interlocked.Increment(ref found ? ref _hits : ref _misses);
        return new ValueTask<int>(length);
    }

    /// <inheritdoc/>
    /// <remarks>A chunk that is held already is not written again; it counts as read.</remarks>
    public ValueTask PutAsync(
        ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sealedChunk.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sealedChunk.Length, Manifest.ChunkSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk.Index, Manifest.MaxLength / Manifest.ChunkSize);
        Put(chunk, sealedChunk.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public int CopyPresence(FileId file, Span<ulong> present)
    {
        var count = 0;
        for (var word = 0; word < present.Length; word++)
        {
            var bits = 0UL;
            for (var i = 0; i < 64; i++)
            {
                if (_slots.Contains(new ChunkId(file, (uint)((word * 64) + i))))
                    bits |= 1UL << i;
            }

            present[word] = bits;
            count += BitOperations.PopCount(bits);
        }

        return count;
    }

    /// <inheritdoc/>
    /// <remarks>Nothing here survives the process.</remarks>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Copies a chunk if it is here. Not counted.</summary>
    internal bool TryRead(ChunkId chunk, Span<byte> destination, out int length)
    {
        if (!_slots.TryHold(chunk, out var slot, out length))
            return false;

        MemoryOf(slot)[..length].CopyTo(destination);
        _slots.Release(slot);
        return true;
    }

    /// <summary>Keeps a chunk.</summary>
    internal void Put(ChunkId chunk, ReadOnlySpan<byte> bytes)
    {
        if (!_slots.TryTake(chunk, out var slot))
            return;

        bytes.CopyTo(MemoryOf(slot));
        _slots.Publish(slot, chunk, bytes.Length);
    }

    internal bool Contains(ChunkId chunk) => _slots.Contains(chunk);

    internal void Remove(ChunkId chunk) => _slots.Remove(chunk);

    private Span<byte> MemoryOf(int slot)
    {
        ref var block = ref _blocks[slot / SlotsPerBlock];
        if (Volatile.Read(ref block) is null)
            Interlocked.CompareExchange(ref block, GC.AllocateUninitializedArray<byte>(BlockSize), null);

        return block.AsSpan(slot % SlotsPerBlock * Manifest.ChunkSize, Manifest.ChunkSize);
    }
}
