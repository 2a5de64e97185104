using SpotifyCore.Content.Manifests;
using SpotifyCore.Core;

namespace SpotifyCore.Client.Running;

/// <summary>
/// The memory that chunks pass through: numbered buffers of 16 KiB, counted references, a bound. Buffers are made as
/// they are first needed and kept. Owned by the loop, but a rented buffer may be filled by whoever rented it.
/// </summary>
/// <param name="limit">Buffers at most.</param>
/// <param name="loop">Where those who wait for a buffer go on.</param>
internal sealed class SlotPool(int limit, ClientLoop loop) : IChunkVerifier, IWorkItem
{
    /// <summary>No slot.</summary>
    public const int None = -1;

    private readonly byte[]?[] _buffers = new byte[limit][];
    private readonly int[] _references = new int[limit];
    private readonly Stack<int> _free = new(limit);
    private readonly Queue<IWorkItem> _waiting = new();
    private int _made;
    private bool _posted;

    /// <summary>Buffers in use.</summary>
    public int Rented => _made - _free.Count;

    /// <summary>True when a buffer can be rented now.</summary>
    public bool HasFree => _free.Count > 0 || _made < limit;

    /// <summary>Takes a free buffer with one reference; false when all are in use.</summary>
    public bool TryRent(out int slot)
    {
        if (!_free.TryPop(out slot))
        {
            if (_made == limit)
                return false;

            slot = _made++;
            _buffers[slot] = GC.AllocateUninitializedArray<byte>(Manifest.ChunkSize, pinned: true);
        }

        _references[slot] = 1;
        return true;
    }

    /// <summary>Has work done, on the loop, once a buffer is free: what could not rent one.</summary>
    public void WhenFree(IWorkItem work) => _waiting.Enqueue(work);

    /// <summary>The buffer itself.</summary>
    public Memory<byte> this[int slot] => _buffers[slot];

    /// <summary>Keeps a buffer for one more user.</summary>
    public void AddReference(int slot) => _references[slot]++;

    /// <summary>Gives one reference back; the last frees the buffer.</summary>
    /// <exception cref="InvalidOperationException">Nobody holds it.</exception>
    public void Release(int slot)
    {
        if (_references[slot] == 0)
            throw new InvalidOperationException($"Slot {slot} is free already.");

        if (--_references[slot] > 0)
            return;

        _free.Push(slot);
        if (_waiting.Count == 0 || _posted)
            return;

        _posted = true;
        loop.Post(this);
    }

    /// <summary>Lets those who wait for a buffer go on, as far as there are some; called on the loop.</summary>
    public void Run()
    {
        _posted = false;

        // Not one for each buffer: who was waiting may need none any more. Who still does waits again, at the end.
        for (var waiting = _waiting.Count; waiting > 0 && HasFree; waiting--)
            _waiting.Dequeue().Run();
    }

    /// <inheritdoc/>
    public bool Matches(int slot, Manifest manifest, uint index, int length) =>
        ChunkVerifier.Matches(manifest, index, _buffers[slot].AsSpan(0, length));
}
