using System.Buffers;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Node.Flights;

/// <summary>
/// One chunk on its way. It belongs to no caller: whoever holds it may wait, and whoever gives up leaves the others
/// theirs. Its buffer goes back to the pool with the last holder.
/// </summary>
internal sealed class Flight(ChunkId chunk)
{
    private readonly TaskCompletionSource _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _bytes;
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
        if (Interlocked.Decrement(ref _holders) == 0 && _bytes is { } bytes)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>Ends the flight with the chunk's bytes, which are copied. By the leader, once.</summary>
    public void Land(ReadOnlySpan<byte> sealedChunk, in ChunkReadResult result)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(Manifest.ChunkSize);
        sealedChunk.CopyTo(_bytes);
        _result = result with { Length = sealedChunk.Length };
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
        _bytes.AsSpan(0, _result.Length).CopyTo(destination);
        return _result;
    }
}
