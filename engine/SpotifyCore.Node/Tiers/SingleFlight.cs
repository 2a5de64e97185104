using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// The chunks on their way to this node, each once: many simultaneous asks for one chunk become one fetch.
/// Bounded. Safe for many threads.
/// </summary>
internal sealed class SingleFlight(int limit)
{
    private readonly ConcurrentDictionary<ChunkId, Flight> _flights = new();
    private int _count;

    /// <summary>Takes hold of a flight that is under way or has just landed.</summary>
    public bool TryJoin(ChunkId chunk, out Flight flight) =>
        _flights.TryGetValue(chunk, out flight!) && flight.TryHold();

    /// <summary>
    /// Begins a flight: the caller leads it and must <see cref="End"/> it. False when there is one, or when
    /// <paramref name="room"/> flights are under way.
    /// </summary>
    public bool TryBegin(ChunkId chunk, int room, out Flight flight)
    {
        flight = null!;
        if (Interlocked.Increment(ref _count) <= Math.Min(room, limit))
        {
            flight = new Flight(chunk);
            if (_flights.TryAdd(chunk, flight))
                return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Forgets a flight that has landed or failed, and lets go of it. By its leader, once.</summary>
    public void End(Flight flight)
    {
        _flights.TryRemove(KeyValuePair.Create(flight.Chunk, flight));
        Interlocked.Decrement(ref _count);
        flight.Release();
    }
}
