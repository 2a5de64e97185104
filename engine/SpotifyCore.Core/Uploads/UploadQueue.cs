using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Uploads;

/// <summary>
/// Gives cached files to peers: a few chunks on their way at once, each to another peer; playing before prefetch
/// before offline sync, and among equals the account that was served longest ago; not all slots to peers that take
/// slowly or have not shown that they take anything; no slot for long while others wait; no faster than the line bears,
/// no more than the month's budget. Peers of the same LAN have slots of their own, and the line holds nobody back there.
/// Owned by the core's loop.
/// </summary>
internal sealed class UploadQueue
{
    private readonly UploadOptions _options;
    private readonly UplinkCap _cap;
    private readonly UploadCount _count = new();
    private readonly List<UploadRequest> _waiting = [];
    private readonly SendingChunks _far;
    private readonly SendingChunks _near;
    private readonly UploadAccounts _accounts;
    private readonly Dictionary<ConnectionId, UploadTaker> _takers = [];
    private UploadHold _hold;
    private long _turn;
    private long _sequence;

    /// <summary>A queue in which nobody waits.</summary>
    /// <param name="options">Its limits.</param>
    public UploadQueue(UploadOptions options)
    {
        _options = options;
        _cap = new UplinkCap(options);
        _far = new SendingChunks(options, _cap, isNear: false);
        _near = new SendingChunks(options, _cap, isNear: true);
        _accounts = new UploadAccounts(options);
    }

    /// <summary>Why nothing new is given; none while something may be.</summary>
    public UploadHold Hold => !_options.Enabled ? UploadHold.Off
        : _hold != UploadHold.None ? _hold
        : _options.MonthlyBytes > 0 && _count.MonthBytes >= _options.MonthlyBytes ? UploadHold.Budget
        : UploadHold.None;

    /// <summary>Requests waiting.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Chunks on their way, in slots and overdue.</summary>
    public int Sending => _far.Count + _near.Count;

    /// <summary>How it stands, as of what was last told.</summary>
    public UploadStatus Status =>
        _count.Status(Sending, _far.Overdue + _near.Overdue, _waiting.Count, Hold, _cap) with
        {
            NearChunks = _near.Count - _near.Overdue,
        };

    /// <summary>What a neighbour was given and gave.</summary>
    public PeerUpload Of(Link link) => new(
        link.Remote,
        link.Given,
        link.Received,
        link.GivenFor,
        _takers.GetValueOrDefault(link.Connection) is { Sending: > 0 } or { Waiting: > 0 });

    /// <summary>True when a neighbour may be given anything at all.</summary>
    public bool IsOpenTo(Link link) =>
        Hold is UploadHold.None or UploadHold.OwnBuffer && (link.IsLocal || !_options.LanOnly);

    /// <summary>A peer asks whether a file is held. The runtime finds out, or the answer is no at once.</summary>
    public void AskHeld(Link link, uint request, FileId file, ActionBuffer actions)
    {
        if (IsOpenTo(link))
            actions.Add(new QueryHeld(link.Connection, request, file));
        else
            actions.Add(new SendMessage(link.Connection, PeerMessage.Have(request, file, HaveKind.None)));
    }

    /// <summary>The runtime found out whether a file is held.</summary>
    public void AnswerHeld(Link link, uint request, FileId file, bool held, ActionBuffer actions)
    {
        if (held)
            Allow(link, file);

        var answer = PeerMessage.Have(request, file, held ? HaveKind.Whole : HaveKind.None);
        actions.Add(new SendMessage(link.Connection, answer));
    }

    /// <summary>A peer was told that a file, or a part of it, is held: it may ask for its chunks.</summary>
    public void Allow(Link link, FileId file)
    {
        if (!_takers.TryGetValue(link.Connection, out var taker))
        {
            taker = new UploadTaker(link, _accounts.Join(link), _options.FilesPerPeer);
            _takers.Add(link.Connection, taker);
        }

        taker.Access.Allow(file);
    }

    /// <summary>A peer asks for chunks: they are queued, or it is told why not.</summary>
    public void Ask(Link link, in PeerMessage message, Instant now, ActionBuffer actions)
    {
        if (!_takers.TryGetValue(link.Connection, out var taker) || !taker.Access.Allows(message.File))
        {
            var refusal = PeerMessage.Error(message.Request, ProtocolCode.NotOffered);
            actions.Add(new SendMessage(link.Connection, refusal));
            return;
        }

        if (!IsOpenTo(link))
        {
            actions.Add(new SendMessage(link.Connection, PeerMessage.NotFound(message.Request, message.Chunk)));
            return;
        }

        if (Hold != UploadHold.None
            || taker.Waiting >= _options.QueueLimitPerPeer
            || (_waiting.Count >= _options.QueueLimit && !TryMakeRoom(taker.Account, actions)))
        {
            Refuse(link, message.Request, actions);
            return;
        }

        Wait(new UploadRequest(
            taker,
            message.Request,
            new ChunkRange(message.File, message.Chunk, Math.Max(1, message.Count)),
            message.Priority,
            ++_sequence));
        Serve(now, actions);
    }

    /// <summary>
    /// A peer gives a request up: it ends now, or with the chunk that is on its way, which may be cut short.
    /// </summary>
    public void Cancel(Link link, uint request, ActionBuffer actions)
    {
        var place = UploadRequest.PlaceOf(_waiting, link, request);
        if (place < 0)
        {
            SendingTo(link).TryCutShort(link, request);
            return;
        }

        TakeWaiting(place);
        actions.Add(new SendMessage(link.Connection, PeerMessage.Error(request, ProtocolCode.Cancelled)));
    }

    /// <summary>
    /// A chunk of so many bytes went out, or with 0 none whole: the cache lacked it, or its request was given up.
    /// </summary>
    /// <returns>The chunk that the cache lacked; null when that was not so.</returns>
    public ChunkId? Sent(Link link, uint request, int length, Instant now, ActionBuffer actions)
    {
        var sending = SendingTo(link);
        if (!sending.TryFind(link, request, out var found))
            return null;

        var entry = sending.End(found, hasLeft: length > 0);
        if (entry.IsPaced)
            _cap.End(length, length == 0 || link.TakesSlowly ? now : entry.Began, now);

        _count.Add(length, entry.Priority);
        link.Give(length, entry.Priority, now);
        var isLacked = length == 0 && entry.Left.Count > 0;
        if (entry.Left.Count == 0)
            actions.Add(new SendMessage(link.Connection, PeerMessage.Error(request, ProtocolCode.Cancelled)));
        else if (isLacked)
            actions.Add(new SendMessage(link.Connection, PeerMessage.NotFound(request, entry.Left.First)));
        else if (entry.Left.Count > 1)
            Wait(entry with { Left = entry.Left.Rest });

        Serve(now, actions);
        return isLacked ? entry.Left.FirstId : null;
    }

    /// <summary>
    /// True when a peer, whose connection has not taken a byte of the chunk on its way to it for so long, is to be
    /// closed. Its account has a single slot for a while.
    /// </summary>
    public bool IsStalled(Link link, TimeSpan since, Instant now)
    {
        if (!_takers.TryGetValue(link.Connection, out var taker) || taker.Sending == 0)
            return false;

        var isFull = _cap.IsDelayed(now);
        if (since < (isFull ? _options.StalledAfterOnFullLine : _options.StalledAfter))
            return false;

        if (!isFull)
            _accounts.NoteStall(taker.Account, now);

        return true;
    }

    /// <summary>
    /// The next peer that is to be closed because it takes a chunk too slowly for any use, whatever it takes; null when
    /// there is none. Its account has a single slot for a while.
    /// </summary>
    public Link? NextOverlong(Instant now)
    {
        var sending = _far.OverlongAt <= _near.OverlongAt ? _far : _near;
        if (now < sending.OverlongAt)
            return null;

        var taker = sending.First.Taker;
        _accounts.NoteStall(taker.Account, now);
        return taker.Link;
    }

    /// <summary>A connection is over.</summary>
    public void Forget(Link link, Instant now, ActionBuffer actions)
    {
        if (!_takers.Remove(link.Connection, out var taker))
            return;

        taker.Wait(-_waiting.RemoveAll(entry => entry.Taker == taker));
        while (SendingTo(link).TryRemove(taker, out var chunk))
        {
            if (chunk.IsPaced)
                _cap.End(0, now, now);
        }

        _accounts.Leave(taker.Account);
        Serve(now, actions);
    }

    /// <summary>Holds uploads back, or with none lets them go on.</summary>
    public void SetHold(UploadHold hold, Instant now, ActionBuffer actions)
    {
        if (hold == _hold)
            return;

        _hold = hold;
        Serve(now, actions);
    }

    /// <summary>So much was given in the month that runs.</summary>
    public void CountMonth(long bytes, Instant now, ActionBuffer actions)
    {
        _count.MonthBytes = bytes;
        Serve(now, actions);
    }

    /// <summary>How long something took to cross the client's line.</summary>
    public void NoteDelay(TimeSpan delay, Instant now) => _cap.NoteDelay(delay, now);

    /// <summary>When more may be given, or somebody takes too long, if nothing else happens.</summary>
    public Instant NextCheck(Instant now)
    {
        var next = Instant.Min(_far.OverlongAt, _near.OverlongAt);
        return _waiting.Count == 0 || Hold != UploadHold.None
            ? next
            : Instant.Min(next, Instant.Min(NextTurn(_far, now), NextTurn(_near, now)));
    }

    /// <summary>Gives what may be given now.</summary>
    public void Serve(Instant now, ActionBuffer actions)
    {
        Serve(_far, now, actions);
        Serve(_near, now, actions);
    }

    private void Serve(SendingChunks sending, Instant now, ActionBuffer actions)
    {
        while (_waiting.Count > 0 && Hold == UploadHold.None)
        {
            var place = NextPlace(sending, now);
            if (place < 0 && SomebodyWaits(sending, now) && sending.TryFreeSlot(now))
                continue;

            var isPaced = sending.IsPaced(now);
            if (place < 0 || (isPaced && !_cap.MayGive(now)))
                return;

            var entry = TakeWaiting(place);
            sending.Begin(entry with { IsPaced = isPaced }, ++_turn, now);
            if (isPaced)
                _cap.Begin(now);

            actions.Add(new SendChunk(
                entry.Taker.Link.Connection, entry.Request, entry.Left.FirstId, entry.Priority) { IsPaced = isPaced });
        }
    }

    private SendingChunks SendingTo(Link link) => link.IsNear ? _near : _far;

    private Instant NextTurn(SendingChunks sending, Instant now)
    {
        if (NextPlace(sending, now) >= 0)
            return _cap.NextAt(now);

        return SomebodyWaits(sending, now) ? sending.OverdueAt : Instant.Never;
    }

    /// <summary>
    /// The most urgent request of a peer to which nothing more important is on its way; among equals that of the account
    /// served longest ago. -1 while there is no slot for anybody who waits.
    /// </summary>
    private int NextPlace(SendingChunks sending, Instant now)
    {
        var best = -1;
        if (!sending.HasSlot)
            return best;

        var slowMay = sending.HasSlotForSlow(_accounts, now);
        for (var i = 0; i < _waiting.Count; i++)
        {
            var entry = _waiting[i];
            if (SendingTo(entry.Taker.Link) != sending || sending.IsHeldBack(entry, _accounts, now)
                || (!slowMay && entry.Taker.MayBeSlow(_accounts, _options, now)))
                continue;

            if (best < 0 || entry.GoesBefore(_waiting[best]))
                best = i;
        }

        return best;
    }

    private bool SomebodyWaits(SendingChunks sending, Instant now)
    {
        foreach (var entry in _waiting)
        {
            if (SendingTo(entry.Taker.Link) == sending && !sending.IsHeldBack(entry, _accounts, now))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Refuses what waits last for the account with the most waiting, if that has more than one which asks.
    /// </summary>
    private bool TryMakeRoom(UploadAccount asking, ActionBuffer actions)
    {
        var last = -1;
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (last < 0 || _waiting[i].Taker.Account.Waiting >= _waiting[last].Taker.Account.Waiting)
                last = i;
        }

        if (last < 0 || _waiting[last].Taker.Account.Waiting <= asking.Waiting + 1)
            return false;

        var refused = TakeWaiting(last);
        Refuse(refused.Taker.Link, refused.Request, actions);
        return true;
    }

    private void Refuse(Link link, uint request, ActionBuffer actions)
    {
        var busy = PeerMessage.Busy(request, (uint)_options.RetryAfter.TotalMilliseconds);
        actions.Add(new SendMessage(link.Connection, busy));
    }

    private void Wait(in UploadRequest request)
    {
        _waiting.Add(request);
        request.Taker.Wait(1);
    }

    private UploadRequest TakeWaiting(int place)
    {
        var request = _waiting[place];
        _waiting.RemoveAt(place);
        request.Taker.Wait(-1);
        return request;
    }
}
