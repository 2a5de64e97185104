using SpotifyCore.Harness.Running;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Harness.Network;

/// <summary>Messages on their way, in pooled places.</summary>
internal sealed class TransitTable(World world) : IDue
{
    private const int Arrives = 0;
    private const int IsThrough = 1;

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
        world.Push(arrival, this, Arrives, place);
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        ref var item = ref _items[value];
        var (to, now) = (item.To, world.Now.Ticks);
        var blocked = Math.Max(to.Host.SeparatedUntil(to.Peer.Host, now), to.Host.AsleepUntil);
        if (blocked > now)
        {
            world.Push(blocked, this, what, value);
            return;
        }

        if (what == Arrives)
        {
            var through = Math.Max(to.Host.Down.Pass(now, item.Bytes), to.LastDelivery);
            to.LastDelivery = through;
            if (through > now)
            {
                world.Push(through, this, IsThrough, value);
                return;
            }
        }

        Deliver((int)value, to);
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
        world.Note(to.Host.Number, (int)message.Kind, ((long)message.Request << 32) | message.Chunk);

        // A machine that was lost and is back knows nothing of the connection, and says so.
        if (to.IsLost && to.Host.IsListening && !to.Peer.IsClosed && message.Kind != PeerMessageKind.None)
            Send(to.Peer, default, WireSize.Of(0), world.Now.Ticks + to.HalfTrip);

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
    }
}
