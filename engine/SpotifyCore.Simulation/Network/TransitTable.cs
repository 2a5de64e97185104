using SpotifyCore.Protocol.Frames;
using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Network;

/// <summary>Messages on their way, in pooled places.</summary>
internal sealed class TransitTable(VirtualTime time) : IDue
{
    private const int Arrives = 0;
    private const int IsThrough = 1;
    private const int LineFree = 2;
    private const int HostAwake = 3;

    private Item[] _items = new Item[1024];
    private int _free = -1;
    private int _used;

    /// <inheritdoc/>
    public int TraceId => -1;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Sends a message on its way. The default of a message is the connection's end.</summary>
    public void Send(ConnectionEnd to, in Parcel parcel, int bytes, long arrival)
    {
        var place = Take();
        ref var item = ref _items[place];
        (item.To, item.Parcel, item.Bytes) = (to, parcel, bytes);
        time.Push(arrival, this, Arrives, place);
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        var to = _items[value].To;
        switch (what)
        {
            case Arrives when !TryHold((int)value, ref to.AtLine, BlockedUntil(to), LineFree):
                Enter((int)value, to);
                break;
            case IsThrough when !TryHold((int)value, ref to.AtHost, to.Host.AsleepUntil, HostAwake):
                to.Passing--;
                Deliver((int)value, to);
                break;
            case LineFree:
                Release((int)value, to, ref to.AtLine, BlockedUntil(to), what);
                break;
            case HostAwake:
                Release((int)value, to, ref to.AtHost, to.Host.AsleepUntil, what);
                break;
        }
    }

    private long BlockedUntil(ConnectionEnd to) => to.Host.SeparatedUntil(to.Peer.Host, time.Now.Ticks);

    /// <summary>Goes through the line in, behind what came before it.</summary>
    private void Enter(int place, ConnectionEnd to)
    {
        var now = time.Now.Ticks;
        var through = Math.Max(to.Host.Down.Pass(now, _items[place].Bytes), to.LastPassed);
        if (through == now && to.Passing == 0 && to.Host.AsleepUntil <= now)
        {
            Deliver(place, to);
            return;
        }

        to.Passing++;
        to.LastPassed = through;
        time.Push(through, this, IsThrough, place);
    }

    /// <summary>True when it can't go on yet, or something before it can't.</summary>
    private bool TryHold(int place, ref HeldChain chain, long until, int released)
    {
        if (chain.IsEmpty && until <= time.Now.Ticks)
            return false;

        _items[place].Next = -1;
        if (chain.IsEmpty)
        {
            chain.First = place;
            time.Push(until, this, released, place);
        }
        else
        {
            _items[chain.Last].Next = place;
        }

        (chain.Last, chain.IsEmpty) = (place, false);
        return true;
    }

    /// <summary>What was held goes on, in its order, unless it is held again.</summary>
    private void Release(int first, ConnectionEnd to, ref HeldChain chain, long until, int what)
    {
        if (until > time.Now.Ticks)
        {
            time.Push(until, this, what, first);
            return;
        }

        chain = HeldChain.Nothing;
        for (var place = first; place >= 0;)
        {
            var next = _items[place].Next;
            if (what == LineFree)
            {
                Enter(place, to);
            }
            else
            {
                to.Passing--;
                Deliver(place, to);
            }

            place = next;
        }
    }

    private void Deliver(int place, ConnectionEnd to)
    {
        var parcel = _items[place].Parcel;
        ref readonly var message = ref parcel.Message;
        _items[place].To = null!;
        _items[place].Parcel.Payload = null;
        _items[place].Bytes = _free;
        _free = place;
        Count--;
        time.Note(to.Host.Number, (int)message.Kind, ((long)message.Request << 32) | message.Chunk);

        // A machine that was lost and is back knows nothing of the connection, and says so.
        if (to.IsLost && to.Host.IsListening && !to.Peer.IsClosed && message.Kind != PeerMessageKind.None)
            Send(to.Peer, default, WireSize.Of(0), time.Now.Ticks + to.HalfTrip);

        to.Receive(parcel);
    }

    private int Take()
    {
        Count++;
        if (_free >= 0)
        {
            var place = _free;
            _free = _items[place].Bytes;
            return place;
        }

        if (_used == _items.Length)
            Array.Resize(ref _items, _used * 2);

        return _used++;
    }

    private struct Item
    {
        public Parcel Parcel;
        public ConnectionEnd To;
        public int Bytes;
        public int Next;
    }
}
