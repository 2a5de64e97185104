using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// Appends chunks to the log and notes in the directory where they are; the two are one step for whoever drains. Safe
/// for many threads.
/// </summary>
internal sealed class ChunkAppender(ChunkLog log, ChunkDirectory directory)
{
    // Appends under way, by the parity of the generation that they began in.
    private readonly int[] _underWay = new int[2];
    private int _generation;

    /// <summary>Appends a chunk; a place it had before is forgotten.</summary>
    public void Append(ChunkId chunk, ReadOnlySpan<byte> payload)
    {
        var began = Begin();
        try
        {
            directory.Set(chunk, log.Append(chunk, payload));
        }
        finally
        {
            Interlocked.Decrement(ref _underWay[began]);
        }
    }

    /// <summary>Appends a chunk again, if it still is where it was; false when it is not.</summary>
    public bool TryMove(ChunkId chunk, ChunkPlace from, ReadOnlySpan<byte> payload)
    {
        var began = Begin();
        try
        {
            return directory.TryMove(chunk, from, log.Append(chunk, payload));
        }
        finally
        {
            Interlocked.Decrement(ref _underWay[began]);
        }
    }

    /// <summary>
    /// The log's end as it is now, once the directory knows the place of every record before it. One call at a time.
    /// </summary>
    public async Task<long> DrainAsync()
    {
        // Whoever counts himself after the count was seen at nothing appends behind this end, whichever generation he
        // read; one who did so at the last call is still in the other generation, which nobody else joins.
        var end = log.TailAddress;
        var current = _generation & 1;
        await WhenNoneAsync(1 - current);
        Interlocked.Increment(ref _generation);
        await WhenNoneAsync(current);
        return end;
    }

    // An append takes microseconds: to be found under way is rare, and to be waited for rarer.
    private async Task WhenNoneAsync(int generation)
    {
        while (Volatile.Read(ref _underWay[generation]) > 0)
            await Task.Delay(1);
    }

    private int Begin()
    {
        var generation = Volatile.Read(ref _generation) & 1;
        Interlocked.Increment(ref _underWay[generation]);
        return generation;
    }
}
