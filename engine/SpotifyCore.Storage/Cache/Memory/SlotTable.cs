using System.Numerics;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Cache.Memory;

/// <summary>
/// Which chunk lies in which of a fixed number of slots: a hash table in arrays that never grow. Changed under a
/// lock;
/// found without one, the answer checked by the version and, once the slot is held, by its owner.
/// </summary>
internal sealed class SlotTable
{
    private const int None = -1;
    private const int Writing = -1;

    private readonly int[] _heads;
    private readonly Slot[] _slots;
    private readonly Lock _gate = new();
    private int _version;
    private int _hand;
    private long _heldBytes;

    public SlotTable(int slots)
    {
        _slots = new Slot[slots];
        _heads = new int[BitOperations.RoundUpToPowerOf2((uint)slots)];
        _heads.AsSpan().Fill(None);
    }

    public int Count => _slots.Length;

    public long HeldBytes => Volatile.Read(ref _heldBytes);

    public bool Contains(ChunkId chunk) => FindOr(chunk) != None;

    /// <summary>Finds a chunk's slot and keeps it from being written until <see cref="Release"/>.</summary>
    public bool TryHold(ChunkId chunk, out int slot, out int length)
    {
        slot = FindOr(chunk);
        length = 0;
        if (slot == None || (!TryHold(chunk, slot, out length) && !TryHoldExact(chunk, out slot, out length)))
            return false;

        ref var held = ref _slots[slot];
        if (!held.WasRead)
            held.WasRead = true;
        return true;
    }

    public void Release(int slot) => Interlocked.Decrement(ref _slots[slot].Readers);

    /// <summary>
    /// Takes a slot to write in, from the chunk it held; false when the chunk to be written is here already.
    /// </summary>
    public bool TryTake(ChunkId chunk, out int slot)
    {
        lock (_gate)
        {
            slot = Find(chunk);
            if (slot != None)
            {
                _slots[slot].WasRead = true;
                return false;
            }

            slot = PassHand();
            Unlink(slot);
            return true;
        }
    }

    /// <summary>Makes what was written in a slot that was taken a chunk's.</summary>
    public void Publish(int slot, ChunkId chunk, int length)
    {
        lock (_gate)
        {
            ref var published = ref _slots[slot];

            // Somebody else may have put it meanwhile; then this slot stays empty.
            if (Find(chunk) == None)
                Link(slot, chunk, length);
            Volatile.Write(ref published.Readers, 0);
        }
    }

    /// <summary>Forgets a chunk.</summary>
    public void Remove(ChunkId chunk)
    {
        lock (_gate)
        {
            var slot = Find(chunk);
            if (slot != None)
                Unlink(slot);
        }
    }

    /// <summary>
    /// The clock's hand goes on to a slot that was not read since it last came by and that nobody holds.
    /// </summary>
    private int PassHand()
    {
        var spin = default(SpinWait);
        for (var passed = 1; ; passed++)
        {
            var slot = _hand;
            _hand = slot + 1 == _slots.Length ? 0 : slot + 1;
            ref var candidate = ref _slots[slot];
            if (candidate.WasRead)
                candidate.WasRead = false;
            else if (Interlocked.CompareExchange(ref candidate.Readers, Writing, 0) == 0)
                return slot;

            if (passed % _slots.Length == 0)
                spin.SpinOnce();
        }
    }

    private int FindOr(ChunkId chunk)
    {
        var version = Volatile.Read(ref _version);
        var slot = Find(chunk);
        if (slot != None || (version % 2 == 0 && Volatile.Read(ref _version) == version))
            return slot;

        lock (_gate)
            return Find(chunk);
    }

    private bool TryHoldExact(ChunkId chunk, out int slot, out int length)
    {
        length = 0;
        lock (_gate)
        {
            slot = Find(chunk);
            return slot != None && TryHold(chunk, slot, out length);
        }
    }

    private bool TryHold(ChunkId chunk, int slot, out int length)
    {
        ref var candidate = ref _slots[slot];
        while (true)
        {
            var seen = Volatile.Read(ref candidate.Readers);
            if (seen == Writing)
                break;

            if (Interlocked.CompareExchange(ref candidate.Readers, seen + 1, seen) != seen)
                continue;

            // While it is held nobody writes it: the owner and the bytes stand, though it may be unlinked.
            length = Volatile.Read(ref candidate.Length);
            if (length > 0 && candidate.Owner == chunk)
                return true;

            Interlocked.Decrement(ref candidate.Readers);
            break;
        }

        length = 0;
        return false;
    }

    private int Find(ChunkId chunk)
    {
        var slot = Volatile.Read(ref _heads[HeadOf(chunk)]);

        // Without the lock a chain may change underfoot, but never be longer than there are slots.
        for (var steps = 0; slot != None && steps < _slots.Length; steps++)
        {
            ref var candidate = ref _slots[slot];
            if (candidate.Owner == chunk && candidate.Length > 0)
                return slot;

            slot = Volatile.Read(ref candidate.Next);
        }

        return None;
    }

    private void Link(int slot, ChunkId chunk, int length)
    {
        Interlocked.Increment(ref _version);
        ref var linked = ref _slots[slot];
        linked.Owner = chunk;
        linked.Length = length;
        linked.WasRead = false;
        ref var head = ref _heads[HeadOf(chunk)];
        linked.Next = head;
        Volatile.Write(ref head, slot);
        Volatile.Write(ref _heldBytes, _heldBytes + length);
        Interlocked.Increment(ref _version);
    }

    private void Unlink(int slot)
    {
        ref var unlinked = ref _slots[slot];
        if (unlinked.Length == 0)
            return;

        Interlocked.Increment(ref _version);
        ref var link = ref _heads[HeadOf(unlinked.Owner)];
        while (link != slot)
            link = ref _slots[link].Next;

        Volatile.Write(ref link, unlinked.Next);
        Volatile.Write(ref _heldBytes, _heldBytes - unlinked.Length);
        unlinked.Length = 0;
        Interlocked.Increment(ref _version);
    }

    private int HeadOf(ChunkId chunk) => chunk.GetHashCode() & (_heads.Length - 1);

    /// <summary>
    /// What lies in a slot. Readers: how many hold it now, or that it is being written. Length 0: nothing.
    /// </summary>
    private struct Slot
    {
        public ChunkId Owner;
        public int Next;
        public int Readers;
        public int Length;
        public volatile bool WasRead;
    }
}
