using SpotifyCore.Simulation.Timing;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Network;

/// <summary>
/// One direction of a connection: a chunk on its way out at a time, small messages at once while there is none and
/// behind it while there is, all of them arriving in the order in which they left.
/// </summary>
internal sealed class SendLane(ConnectionEnd end) : IDue
{
    private const int LeastPart = WireSize.Segment + 52;
    private const int MostWaiting = 1_024;

    private CongestionWindow _window;
    private Queue<Parcel>? _waiting;
    private Parcel _chunk;
    private long _lastArrival;
    private int _left;
    private int _part;
    private long _chunks;

    /// <inheritdoc/>
    public int TraceId => end.Host.Number;

    /// <summary>True while a chunk is on its way out.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>That chunk, or the last one.</summary>
    public ref readonly PeerMessage Chunk => ref _chunk.Message;

    private SimNetwork Network => end.Host.Network;

    /// <summary>Sends a message without a chunk.</summary>
    public void Send(in Parcel parcel)
    {
        if (!IsBusy)
        {
            Transmit(parcel);
            return;
        }

        _waiting ??= new Queue<Parcel>();
        _waiting.Enqueue(parcel);
        Network.Violations.Limit(_waiting.Count, MostWaiting, "messages behind a chunk", end.Host.Number);
    }

    /// <summary>Begins to send a chunk; the lane must not be busy.</summary>
    public void SendChunk(in Parcel chunk)
    {
        (_chunk, IsBusy) = (chunk, true);
        _left = WireSize.Of(chunk.Message);
        _chunks++;
        SendPart();
    }

    /// <summary>Sends no more of the chunk that is on its way: it does not arrive.</summary>
    public void CutShort()
    {
        Drop();
        TransmitWaiting();
    }

    /// <summary>Sends nothing more, except that what is small and waits goes out.</summary>
    public void Stop(bool silent)
    {
        if (IsBusy)
            Drop();

        if (!silent)
            TransmitWaiting();

        _waiting = null;
    }

    /// <summary>The uplink has sent what it was given.</summary>
    public void PartLeft()
    {
        var arrival = Leave(_part);
        _left -= _part;
        if (_left > 0)
        {
            SendPart();
            return;
        }

        IsBusy = false;
        var bytes = WireSize.Of(_chunk.Message);
        Network.Counters.Count(end, _chunk.Message, bytes);
        Network.Transit.Send(end.Peer, _chunk, bytes, arrival);
        TransmitWaiting();
        end.Host.LaneFree(end, _chunk.Message);
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (IsBusy && value == _chunks)
            SendPart();
    }

    private void SendPart()
    {
        var now = Network.Time.Now.Ticks;
        var room = _window.RoomAt(now, Network.Options.Window, 2 * end.HalfTrip);
        if (room < Math.Min(_left, LeastPart))
        {
            _part = 0;
            Network.Time.Push(_window.NextAcknowledgement, this, 0, _chunks);
            return;
        }

        _part = Math.Min(_left, room);
        end.Host.Up.Begin(this, _part);
    }

    /// <summary>Ends the chunk where it is; what has left of it was for nothing.</summary>
    private void Drop()
    {
        IsBusy = false;
        var leftOfPart = (int)Math.Ceiling(end.Host.Up.Abort(this));
        if (_part > leftOfPart)
            Leave(_part - leftOfPart);

        var gone = WireSize.Of(_chunk.Message) - _left + _part - leftOfPart;
        if (gone > 0)
            Network.Counters.CountLost(end, gone);
    }

    private long Leave(int bytes)
    {
        var now = Network.Time.Now.Ticks;
        var arrival = ArrivalAfter(now, bytes);
        _window.Send(bytes, now, arrival + end.Peer.Host.Down.QueueAt(arrival) + end.HalfTrip);
        return arrival;
    }

    private void TransmitWaiting()
    {
        while (!IsBusy && _waiting is not null && _waiting.TryDequeue(out var parcel))
            Transmit(parcel);
    }

    private void Transmit(in Parcel parcel)
    {
        var bytes = WireSize.Of(parcel.Message);
        Network.Counters.Count(end, parcel.Message, bytes);
        var up = end.Host.Up;
        var takes = up.Wait.Ticks + (long)(bytes / up.BytesPerSecond * TimeSpan.TicksPerSecond);
        var arrival = ArrivalAfter(Network.Time.Now.Ticks + takes, bytes);
        Network.Transit.Send(end.Peer, parcel, bytes, arrival);
    }

    private long ArrivalAfter(long left, int bytes)
    {
        var arrival = left + end.HalfTrip + Network.LossDelay(bytes, 2 * end.HalfTrip, out var lost);
        if (lost)
            _window.Halve(Network.Options.Window);

        return _lastArrival = Math.Max(_lastArrival, arrival);
    }
}
