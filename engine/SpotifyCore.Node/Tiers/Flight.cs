using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Node.Tiers;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// One chunk on its way. It belongs to no caller: whoever holds it may wait, and whoever gives up leaves the others
/// theirs. It holds the memory that its bytes came in until its last holder has gone.
/// </summary>
internal sealed class Flight(ChunkId chunk)
{
    private readonly TaskCompletionSource _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChunkMemory? _memory;
    private int _at;
    private ChunkReadResult _result;
    private int _holders = 1;

    public ChunkId Chunk => chunk;

    /// <summary>True once there is a result.</summary>
    public bool HasLanded => _landed.Task.IsCompleted;

    /// <summary>Keeps the bytes alive until <see cref="Release"/>; false when they are already gone.</summary>
    public bool TryHold()
    {
        var holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                return true;

            holders = seen;
        }

        return false;
    }

    /// <summary>Lets go; the last one to do so returns the buffer.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            _memory?.Release();
    }

    /// <summary>
    /// Ends the flight with the chunk's bytes, which stay where they are until the last holder has gone. By the leader,
    /// once.
    /// </summary>
    /// <param name="memory">Where they are; held by the caller, and from now on by the flight.</param>
    /// <param name="at">Where in it they begin.</param>
    /// <param name="result">Their length and where they came from.</param>
    public void Land(ChunkMemory memory, int at, in ChunkReadResult result)
    {
        memory.Hold();
        (_memory, _at, _result) = (memory, at, result);
        _landed.SetResult();
    }

    /// <summary>Ends the flight without bytes. By the leader, once.</summary>
    public void Fail(in ChunkReadResult result)
    {
        _result = result;
        _landed.SetResult();
    }

    /// <summary>Waits for the end; false when <paramref name="timeout"/> passes first.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await _landed.Task.WaitAsync(timeout, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Copies the chunk out. Only after it has landed, and by a holder.</summary>
    public ChunkReadResult CopyTo(Span<byte> destination)
    {
        _memory?.Bytes.Span.Slice(_at, _result.Length).CopyTo(destination);
        return _result;
    }
}
