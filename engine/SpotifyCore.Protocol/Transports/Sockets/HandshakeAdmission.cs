using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// Decides which accepted sockets may go on to a handshake, so that no number of them that say nothing, or begin and
/// don't go on, keeps others out. Safe for many threads.
/// </summary>
/// <remarks>
/// Who has not sent its ClientHello holds no slot. When too many wait for one, one goes of the address that has the
/// most waiting: so nobody is turned away for what others hold. A slot that is free goes to the address with the
/// fewest connections here, and among equals to the latest: a crowd that is there already, or comes again and again,
/// does not stand before him. While somebody waits for one, a handshake has a second; slots are taken back one after
/// another, evenly over that second, so that who comes later need not wait for all of it.
/// </remarks>
internal sealed class HandshakeAdmission : IDisposable
{
    // Timers count whole milliseconds, and may come that much early.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly Lock _guard = new();
    private readonly PlaceTable<Subnet, PendingHandshake> _waiting = new();
    private readonly LinkedList<PendingHandshake> _ready = new();
    private readonly LinkedList<PendingHandshake> _underWay = new();
    private readonly SubnetCounts _admitted = new();
    private readonly SubnetCounts _slots = new();
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private Instant _nextExpulsion;
    private bool _closed;

    /// <summary>One in which nobody waits.</summary>
    public HandshakeAdmission(TransportOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _timer = time.CreateTimer(
            static self => ((HandshakeAdmission)self!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Takes in one that was just accepted; where there is no room another goes for it. False once disposed.
    /// </summary>
    public bool TryArrive(PendingHandshake arrived)
    {
        lock (_guard)
        {
            if (_closed)
                return false;

            if (_waiting.Count >= _options.MaxWaitingHandshakes)
                Expel(_waiting.FirstToGo(arrived.Network)!);

            Move(arrived, HandshakeStage.Silent);
            return true;
        }
    }

    /// <summary>Takes in that the first byte has come.</summary>
    public void Heard(PendingHandshake speaking)
    {
        lock (_guard)
        {
            if (speaking.Stage == HandshakeStage.Silent)
                Move(speaking, HandshakeStage.Speaking);
        }
    }

    /// <summary>
    /// Takes in that the whole ClientHello has come. Once its <see cref="PendingHandshake.Turn"/> has come, a slot is
    /// its own; false when its address has too many.
    /// </summary>
    public bool TryAdmit(PendingHandshake heard)
    {
        lock (_guard)
        {
            if (heard.Stage == HandshakeStage.Over || _admitted[heard.Network] >= _options.MaxHandshakesPerAddress)
                return false;

            _admitted.Add(heard.Network);
            Move(heard, HandshakeStage.Ready);
            HandOutSlots();
            return true;
        }
    }

    /// <summary>Takes in that one is done or has failed.</summary>
    public void Leave(PendingHandshake leaving)
    {
        lock (_guard)
        {
            Move(leaving, HandshakeStage.Over);
            HandOutSlots();
        }
    }

    /// <summary>Makes all go, and lets nobody in any more.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_guard)
        {
            _closed = true;
            foreach (var pending in _waiting.Items.Concat(_underWay).ToArray())
                Expel(pending);
        }
    }

    private void OnTimer()
    {
        lock (_guard)
            HandOutSlots();
    }

    private void HandOutSlots()
    {
        if (_closed)
            return;

        var now = _time.GetInstant();
        while (_ready.Count > 0)
        {
            if (_underWay.Count >= _options.MaxConcurrentHandshakes)
            {
                var oldest = _underWay.First!.Value;
                var due = Instant.Max(oldest.Began + _options.ContendedHandshakeTimeout, _nextExpulsion);
                if (due > now)
                {
                    _timer.Change(due - now + Tick, Timeout.InfiniteTimeSpan);
                    return;
                }

                _nextExpulsion = now + (_options.ContendedHandshakeTimeout / _options.MaxConcurrentHandshakes);
                Expel(oldest);
            }

            Begin(Fairest(), now);
        }
    }

    /// <summary>The last of those that wait whose address has the fewest connections here, itself among them.</summary>
    private PendingHandshake Fairest()
    {
        var fairest = _ready.Last!.Value;
        var fewest = CountOf(fairest.Network);
        for (var node = fairest.Node.Previous; node is not null && fewest > 1; node = node.Previous)
        {
            if (CountOf(node.Value.Network) is var count && count < fewest)
                (fairest, fewest) = (node.Value, count);
        }

        return fairest;
    }

    private int CountOf(Subnet network) => _waiting.CountOf(network) + _slots[network];

    private void Begin(PendingHandshake next, Instant now)
    {
        next.Began = now;
        Move(next, HandshakeStage.UnderWay);
        next.Turn.TrySetResult(true);
    }

    private void Expel(PendingHandshake pending)
    {
        Move(pending, HandshakeStage.Over);
        pending.Abort();
    }

    private void Move(PendingHandshake pending, HandshakeStage stage)
    {
        LeaveStage(pending, stage);
        pending.Stage = stage;
        switch (stage)
        {
            case HandshakeStage.Silent:
                _waiting.Add(pending.Network, pending, (int)stage);
                break;
            case HandshakeStage.Speaking:
                _waiting.Show(pending, (int)stage);
                break;
            case HandshakeStage.Ready:
                _waiting.Show(pending, (int)stage);
                _ready.AddLast(pending.Node);
                break;
            case HandshakeStage.UnderWay:
                _slots.Add(pending.Network);
                _underWay.AddLast(pending.Node);
                break;
        }
    }

    private void LeaveStage(PendingHandshake pending, HandshakeStage next)
    {
        if (next >= HandshakeStage.UnderWay)
            _waiting.Remove(pending);
        if (next == HandshakeStage.Over && pending.Stage is HandshakeStage.Ready or HandshakeStage.UnderWay)
            _admitted.Remove(pending.Network);
        if (pending.Stage == HandshakeStage.UnderWay)
            _slots.Remove(pending.Network);

        pending.Node.List?.Remove(pending.Node);
    }
}
