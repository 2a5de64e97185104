using SpotifyCore.Content.Time;

namespace SpotifyCore.Protocol.Transports;

/// <summary>
/// Decides which accepted sockets may go on to a handshake, so that no number of them that say nothing, or begin and
/// don't go on, keeps others out. Safe for many threads.
/// </summary>
/// <remarks>
/// Who has not sent its ClientHello holds no slot. When too many wait for one, the oldest that has said nothing goes.
/// A slot that is free goes to the address with the fewest; while somebody waits for one, a handshake has a second.
/// </remarks>
internal sealed class HandshakeAdmission : IDisposable
{
    // Timers count whole milliseconds, and may come that much early.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly Lock _guard = new();
    private readonly LinkedList<PendingHandshake>[] _stages = [new(), new(), new(), new()];
    private readonly AddressCounts _admitted = new();
    private readonly AddressCounts _underWay = new();
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
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

    /// <summary>Takes in one that was just accepted; false when there is no room and nobody silent to make some.</summary>
    public bool TryArrive(PendingHandshake arrived)
    {
        lock (_guard)
        {
            if (_closed)
                return false;

            var waiting = CountOf(HandshakeStage.Silent) + CountOf(HandshakeStage.Speaking)
                + CountOf(HandshakeStage.Ready);
            if (waiting >= _options.MaxWaitingHandshakes && !TryMakeRoom())
                return false;

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
    /// Takes in that the whole ClientHello has come. Once <see cref="PendingHandshake.Turn"/> completes, a slot is its
    /// own; false when its address has too many.
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
            foreach (var stage in _stages)
            {
                while (stage.First is { Value: var pending })
                    Expel(pending);
            }
        }
    }

    private int CountOf(HandshakeStage stage) => _stages[(int)stage].Count;

    private PendingHandshake? OldestOf(HandshakeStage stage) => _stages[(int)stage].First?.Value;

    private bool TryMakeRoom()
    {
        if ((OldestOf(HandshakeStage.Silent) ?? OldestOf(HandshakeStage.Speaking)) is not { } oldest)
            return false;

        Expel(oldest);
        return true;
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
        while (CountOf(HandshakeStage.Ready) > 0)
        {
            if (CountOf(HandshakeStage.UnderWay) >= _options.MaxConcurrentHandshakes)
            {
                var oldest = OldestOf(HandshakeStage.UnderWay)!;
                var left = oldest.Began + _options.ContendedHandshakeTimeout - now;
                if (left > TimeSpan.Zero)
                {
                    _timer.Change(left + Tick, Timeout.InfiniteTimeSpan);
                    return;
                }

                Expel(oldest);
            }

            Begin(Fairest(), now);
        }
    }

    /// <summary>The first of those that wait whose address has the fewest slots.</summary>
    private PendingHandshake Fairest()
    {
        var fairest = OldestOf(HandshakeStage.Ready)!;
        var fewest = _underWay[fairest.Network];
        for (var node = fairest.Node.Next; node is not null && fewest > 0; node = node.Next)
        {
            if (_underWay[node.Value.Network] is var count && count < fewest)
                (fairest, fewest) = (node.Value, count);
        }

        return fairest;
    }

    private void Begin(PendingHandshake next, Instant now)
    {
        _underWay.Add(next.Network);
        next.Began = now;
        Move(next, HandshakeStage.UnderWay);
        next.Turn.TrySetResult();
    }

    private void Expel(PendingHandshake pending)
    {
        Move(pending, HandshakeStage.Over);
        pending.Abort();
    }

    private void Move(PendingHandshake pending, HandshakeStage stage)
    {
        if (stage == HandshakeStage.Over && pending.Stage is HandshakeStage.Ready or HandshakeStage.UnderWay)
        {
            _admitted.Remove(pending.Network);
            if (pending.Stage == HandshakeStage.UnderWay)
                _underWay.Remove(pending.Network);
        }

        pending.Node.List?.Remove(pending.Node);
        pending.Stage = stage;
        if (stage != HandshakeStage.Over)
            _stages[(int)stage].AddLast(pending.Node);
    }
}
