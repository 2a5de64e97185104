using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Simulation.Timing;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Simulation.Network;

/// <summary>
/// A connection of two hosts, from the first packet on: two round trips for TCP and TLS 1.3, the hellos after that.
/// </summary>
internal sealed class Connection(SimHost from, ConnectionId id, SimHost to) : IDue
{
    private const int IsUp = 0;
    private const int WakeSessions = 1;

    private static readonly TimeSpan Cryptography = TimeSpan.FromMilliseconds(2);

    private ConnectionEnd? _one;
    private ConnectionEnd? _other;

    /// <inheritdoc/>
    public int TraceId => from.Number;

    /// <summary>The end of the side that connected; null until it is up.</summary>
    public ConnectionEnd? Initiator => _one;

    /// <summary>True once the side that connects gave it up.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Begins. A host that can't be reached does not answer at all, as behind a router.</summary>
    public void Begin()
    {
        var (network, time) = (from.Network, from.Time);
        network.Counters.Attempts++;
        if (to == from || !(to.IsReachable || from.IsNear(to)) || !to.IsListening)
            return;

        time.Push(time.Now.Ticks + (2 * from.RoundTripTo(to)) + Cryptography.Ticks, this, IsUp, id.Value);
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (what == IsUp)
            Establish();
        else
            Wake();
    }

    private void Establish()
    {
        var (network, time) = (from.Network, from.Time);
        if (IsGivenUp || !from.IsListening)
            return;

        var blocked = Math.Max(from.SeparatedUntil(to, time.Now.Ticks), to.AsleepUntil);
        if (blocked > time.Now.Ticks)
        {
            time.Push(blocked, this, IsUp, id.Value);
            return;
        }

        if (!to.IsListening || to.Connections >= to.MostConnections)
        {
            from.ConnectFailed(id);
            return;
        }

        var half = from.RoundTripTo(to) / 2;
        _one = new ConnectionEnd(from, id, from.SessionOptions, initiator: true, half);
        _other = new ConnectionEnd(to, to.NextIncoming(), to.SessionOptions, initiator: false, half);
        (_one.Peer, _other.Peer) = (_other, _one);
        from.Ends.Add(_one);
        to.Ends.Add(_other);
        network.Counters.OpenEnds += 2;
        network.Counters.CountHandshake(_one);
        from.Connected(_one);
        to.Accepted(_other);
        _other.Start();
        _one.Start();
        ScheduleWake();
    }

    // One event for both ends: a ping of one side is heard by the other, so the second rarely has to.
    private void Wake()
    {
        var now = from.Time.Now;
        WakeEnd(_one!, now);
        WakeEnd(_other!, now);
        ScheduleWake();
    }

    private static void WakeEnd(ConnectionEnd end, Instant now)
    {
        if (end.Host.AsleepUntil <= now.Ticks)
            end.Wake(now);
    }

    private void ScheduleWake()
    {
        var next = Instant.Min(DueOf(_one!), DueOf(_other!));
        if (next != Instant.Never)
            from.Time.Push(Math.Max(next.Ticks, from.Time.Now.Ticks + 1), this, WakeSessions, id.Value);
    }

    private static Instant DueOf(ConnectionEnd end) => end.IsClosed
        ? Instant.Never
        : new Instant(Math.Max(end.Session.NextWake.Ticks, end.Host.AsleepUntil));
}
