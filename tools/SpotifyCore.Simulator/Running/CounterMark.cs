using SpotifyCore.Harness.Running;

namespace SpotifyCore.Simulator.Running;

/// <summary>The network's counters at a moment, or between two.</summary>
public readonly record struct CounterMark(
    long PeerBytes, long PeerPayloadBytes, long NodeRequests, long MasterRequests, long Attempts, long Established)
{
    /// <summary>The counters now.</summary>
    public static CounterMark Of(NetworkCounters counters) => new(
        counters.PeerBytes,
        counters.PeerPayloadBytes,
        counters.NodeRequests,
        counters.MasterRequests,
        counters.Attempts,
        counters.Established);

    /// <summary>What happened between two moments.</summary>
    public static CounterMark operator -(CounterMark later, CounterMark earlier) => new(
        later.PeerBytes - earlier.PeerBytes,
        later.PeerPayloadBytes - earlier.PeerPayloadBytes,
        later.NodeRequests - earlier.NodeRequests,
        later.MasterRequests - earlier.MasterRequests,
        later.Attempts - earlier.Attempts,
        later.Established - earlier.Established);
}
