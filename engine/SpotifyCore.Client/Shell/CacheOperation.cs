using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Shell;

/// <summary>
/// One read or write of the cache on its way; kept and used again, so that none allocates. Begun and completed on the
/// loop; the cache may answer on any thread.
/// </summary>
internal sealed class CacheOperation : ILoopWork
{
    private readonly CacheDesk _desk;
    private readonly IChunkCache _cache;
    private readonly ShellGround _ground;
    private readonly Action _answered;
    private ValueTask<int> _reading;
    private ValueTask _writing;
    private bool _begun;

    /// <summary>An operation that does nothing yet.</summary>
    public CacheOperation(CacheDesk desk, IChunkCache cache, ShellGround ground)
    {
        _desk = desk;
        _cache = cache;
        _ground = ground;
        _answered = () => ground.Loop.Post(this);
    }

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
        if (!_begun)
        {
            Begin();
            return;
        }

        if (Failure is null)
            TakeAnswer();

        _desk.Complete(this);
    }

    /// <summary>Forgets what it was for.</summary>
    public void Clear()
    {
        (_begun, Length, Failure, Taker) = (false, 0, null, null);
        (_reading, _writing) = (default, default);
    }

    private void Begin()
    {
        if (Slot == ClientEvent.NoSlot)
        {
            if (!_ground.Slots.TryRent(out var slot))
            {
                _ground.Slots.WhenFree(this);
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
            _ground.Loop.Post(this);
        }
    }

    // Also an answer that is there at once comes back as work: the core is still handling what led to the question.
    private void Ask()
    {
        if (Kind == CacheOperationKind.Store)
        {
            _writing = _cache.PutAsync(Chunk, _ground.Slots[Slot][..Length]);
            if (_writing.IsCompleted)
                _ground.Loop.Post(this);
            else
                _writing.GetAwaiter().UnsafeOnCompleted(_answered);
        }
        else
        {
            _reading = _cache.ReadAsync(Chunk, _ground.Slots[Slot]);
            if (_reading.IsCompleted)
                _ground.Loop.Post(this);
            else
                _reading.GetAwaiter().UnsafeOnCompleted(_answered);
        }
    }

    private void TakeAnswer()
    {
        try
        {
#pragma warning disable VSTHRD002 // Nothing is waited for: the answer is there.
            if (Kind == CacheOperationKind.Store)
                _writing.GetAwaiter().GetResult();
            else
                Length = _reading.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (Exception failure)
        {
            Failure = failure.Message;
            Length = 0;
        }
    }
}
