using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Tasks;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Client.Running;

/// <summary>
/// One read or write of the cache on its way; kept and used again, so that none allocates. Begun and completed on the
/// loop; the cache may answer on any thread.
/// </summary>
internal sealed class CacheRequest : IWorkItem
{
    private readonly ChunkStoreAdapter _store;
    private readonly IChunkCache _cache;
    private readonly LoopContext _context;
    private readonly Action _answered;
    private ValueTask<int> _reading;
    private ValueTask _writing;
    private bool _begun;

    /// <summary>An operation that does nothing yet.</summary>
    public CacheRequest(ChunkStoreAdapter store, IChunkCache cache, LoopContext context)
    {
        _store = store;
        _cache = cache;
        _context = context;
        _answered = () => context.Loop.Post(this);
    }

    public CacheRequestKind Kind { get; private set; }

    public PlayId Play { get; private set; }

    public ChunkId Chunk { get; private set; }

    /// <summary>Of a read for a peer, what is to be sent.</summary>
    public SendChunk Asked { get; private set; }

    public IChunkReceiver? Receiver { get; private set; }

    /// <summary>The buffer read into or written from; this operation holds a reference.</summary>
    public int Slot { get; private set; }

    /// <summary>Bytes to write, or read: 0 for a miss.</summary>
    public int Length { get; private set; }

    /// <summary>Why the cache could not do it; null when it could.</summary>
    public string? Failure { get; private set; }

    /// <summary>Becomes a read for a play.</summary>
    public void Read(PlayId play, ChunkId chunk)
    {
        (Kind, Play, Chunk, Slot) = (CacheRequestKind.Read, play, chunk, SlotPool.None);
        Begin();
    }

    /// <summary>Becomes a read for a peer.</summary>
    public void ReadFor(in SendChunk asked, IChunkReceiver receiver)
    {
        (Kind, Chunk, Slot) = (CacheRequestKind.ReadForPeer, asked.Chunk, SlotPool.None);
        (Asked, Receiver) = (asked, receiver);
        Begin();
    }

    /// <summary>Becomes a write; a reference to the slot passes over.</summary>
    public void Store(PlayId play, ChunkId chunk, int slot, int length)
    {
        (Kind, Play, Chunk, Slot, Length) = (CacheRequestKind.Store, play, chunk, slot, length);
        Begin();
    }

    /// <summary>Becomes a write into a file that is kept; a reference to the slot passes over.</summary>
    public void Keep(PlayId keeping, ChunkId chunk, int slot, int length)
    {
        (Kind, Play, Chunk, Slot, Length) = (CacheRequestKind.Keep, keeping, chunk, slot, length);
        Begin();
    }

    /// <summary>Goes on: with a free buffer after waiting for one, or with the cache's answer.</summary>
    public void Run()
    {
        if (!_begun)
        {
            Begin();
            return;
        }

        if (Failure is null)
            TakeAnswer();

        _store.Complete(this);
    }

    /// <summary>Forgets what it was for.</summary>
    public void Clear()
    {
        (_begun, Length, Failure, Receiver) = (false, 0, null, null);
        (_reading, _writing) = (default, default);
    }

    private void Begin()
    {
        if (Slot == SlotPool.None)
        {
            if (!_context.Slots.TryRent(out var slot))
            {
                _context.Slots.WhenFree(this);
                return;
            }

            Slot = slot;
        }

        _begun = true;
        try
        {
            Ask();
        }
        catch (Exception refused)
        {
            Failure = refused.Message;
            _context.Loop.Post(this);
        }
    }

    // Also an answer that is there at once comes back as work: the core is still handling what led to the question.
    private void Ask()
    {
        if (Kind is CacheRequestKind.Store or CacheRequestKind.Keep)
        {
            var bytes = _context.Slots[Slot][..Length];
            _writing = Kind == CacheRequestKind.Keep ? _store.Kept!.WriteAsync(Chunk, bytes) : _cache.PutAsync(Chunk, bytes);
            if (_writing.IsCompleted)
                _context.Loop.Post(this);
            else
                _writing.GetAwaiter().UnsafeOnCompleted(_answered);
        }
        else
        {
            _reading = _cache.ReadAsync(Chunk, _context.Slots[Slot]);
            if (_reading.IsCompleted)
                _context.Loop.Post(this);
            else
                _reading.GetAwaiter().UnsafeOnCompleted(_answered);
        }
    }

    private void TakeAnswer()
    {
        try
        {
            if (Kind is CacheRequestKind.Store or CacheRequestKind.Keep)
                _writing.TakeResult();
            else
                Length = _reading.TakeResult();
        }
        catch (Exception failure)
        {
            Failure = failure.Message;
            Length = 0;
        }
    }
}
