using SpotifyCore.Simulation.Network;

namespace SpotifyCore.Simulator.Running;

/// <summary>The network's counters at a moment, or between two.</summary>
internal readonly record struct CounterMark(
    long PeerBytes, long PeerUsefulBytes, long NodeRequests, long MasterRequests, long Attempts, long Established)
{
    /// <summary>The counters now.</summary>
    public static CounterMark Of(NetworkCounters counters) => new(
        counters.PeerBytes,
        counters.PeerUsefulBytes,
        counters.NodeRequests,
        counters.MasterRequests,
        counters.Attempts,
        counters.Established);

    /// <summary>What happened between two moments.</summary>
    public static CounterMark operator -(CounterMark later, CounterMark earlier) => new(
        later.PeerBytes - earlier.PeerBytes,
        later.PeerUsefulBytes - earlier.PeerUsefulBytes,
        later.NodeRequests - earlier.NodeRequests,
        later.MasterRequests - earlier.MasterRequests,
        later.Attempts - earlier.Attempts,
        later.Established - earlier.Established);
}
