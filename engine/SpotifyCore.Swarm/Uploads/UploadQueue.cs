using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Swarm.Uploads;

/// <summary>
/// Gives cached files to peers: a few chunks on their way at once, each to another peer; playing before prefetch
/// before offline sync, and among equals the account that was served longest ago; not all slots to peers that take
/// slowly or have not shown that they take anything; no faster than the line bears, no more than the month's budget.
/// Owned by the core's loop.
/// </summary>
/// <param name="options">Its limits.</param>
public sealed class UploadQueue(UploadOptions options)
{
    private readonly UplinkCap _cap = new(options);
    private readonly UploadCount _count = new();
    private readonly List<UploadRequest> _waiting = [];
    private readonly List<UploadRequest> _sending = [];
    private readonly UploadAccounts _accounts = new(options);
    private readonly Dictionary<ConnectionId, UploadTaker> _takers = [];
    private UploadHold _hold;
    private long _turn;
    private long _sequence;

    /// <summary>Why nothing new is given; none while something may be.</summary>
    public UploadHold Hold => !options.Enabled ? UploadHold.Off
        : _hold != UploadHold.None ? _hold
        : options.MonthlyBytes > 0 && _count.MonthBytes >= options.MonthlyBytes ? UploadHold.Budget
        : UploadHold.None;

    /// <summary>Requests waiting.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Chunks on their way.</summary>
    public int Sending => _sending.Count;

    /// <summary>How it stands, as of what was last told.</summary>
    public UploadStatus Status => _count.Status(_sending.Count, _waiting.Count, Hold, _cap);

    /// <summary>What a neighbour was given and gave.</summary>
    public PeerUpload Of(Link link) => new(
        link.Remote,
        link.Given,
        link.Received,
        link.GivenFor,
        _takers.GetValueOrDefault(link.Connection) is { IsSending: true } or { Waiting: > 0 });

    /// <summary>True when a neighbour may be given anything at all.</summary>
    public bool IsOpenTo(Link link) =>
        Hold is UploadHold.None or UploadHold.OwnBuffer && (link.IsLocal || !options.LanOnly);

    /// <summary>A peer asks whether a file is held. The shell finds out, or the answer is no at once.</summary>
    public void AskHeld(Link link, uint request, FileId file, ref ActionBuffer actions) => actions.Add(IsOpenTo(link)
        ? ClientAction.QueryHeld(link.Connection, request, file)
        : ClientAction.Send(link.Connection, PeerMessage.Have(request, file, HaveKind.None)));

    /// <summary>The shell found out whether a file is held.</summary>
    public void AnswerHeld(Link link, uint request, FileId file, bool held, ref ActionBuffer actions)
    {
        if (held)
            Allow(link, file);

        var answer = PeerMessage.Have(request, file, held ? HaveKind.Whole : HaveKind.None);
        actions.Add(ClientAction.Send(link.Connection, answer));
    }

    /// <summary>A peer was told that a file, or a part of it, is held: it may ask for its chunks.</summary>
    public void Allow(Link link, FileId file)
    {
        if (!_takers.TryGetValue(link.Connection, out var taker))
        {
            taker = new UploadTaker(link, _accounts.Join(link), options.FilesPerPeer);
            _takers.Add(link.Connection, taker);
        }

        taker.Access.Allow(file);
    }

    /// <summary>A peer asks for chunks: they are queued, or it is told why not.</summary>
    public void Ask(Link link, in PeerMessage message, Instant now, ref ActionBuffer actions)
    {
        if (!_takers.TryGetValue(link.Connection, out var taker) || !taker.Access.Allows(message.File))
        {
            var refusal = PeerMessage.Error(message.Request, ProtocolCode.NotOffered);
            actions.Add(ClientAction.Send(link.Connection, refusal));
            return;
        }

        if (!IsOpenTo(link))
        {
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.NotFound(message.Request, message.Chunk)));
            return;
        }

        if (Hold != UploadHold.None
            || taker.Waiting >= options.QueueLimitPerPeer
            || (_waiting.Count >= options.QueueLimit && !TryMakeRoom(taker.Account, ref actions)))
        {
            Refuse(link, message.Request, ref actions);
            return;
        }

        Wait(new UploadRequest(
            taker,
            message.Request,
            message.File,
            message.Chunk,
            Math.Max(1, message.Count),
            message.Priority,
            ++_sequence));
        Serve(now, ref actions);
    }

    /// <summary>
    /// A peer gives a request up: it ends now, or with the chunk that is on its way, which may be cut short.
    /// </summary>
    public void Cancel(Link link, uint request, ref ActionBuffer actions)
    {
        var place = PlaceOf(_waiting, link, request);
        if (place >= 0)
        {
            TakeWaiting(place);
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.Error(request, ProtocolCode.Cancelled)));
            return;
        }

        place = PlaceOf(_sending, link, request);
        if (place >= 0)
            _sending[place] = _sending[place] with { Left = 0 };
    }

    /// <summary>
    /// A chunk of so many bytes went out, or with 0 none whole: the cache lacked it, or its request was given up.
    /// </summary>
    public void Sent(Link link, uint request, int length, Instant now, ref ActionBuffer actions)
    {
        var place = PlaceOf(_sending, link, request);
        if (place < 0)
            return;

        var entry = _sending[place];
        _sending.RemoveAt(place);
        entry.Taker.End();
        if (length > 0)
            NoteOrder(entry, place);

        _cap.End(length, length == 0 || link.TakesSlowly ? now : entry.Began, now);
        _count.Add(length, entry.Priority);
        link.Give(length, entry.Priority, now);
        if (entry.Left == 0)
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.Error(request, ProtocolCode.Cancelled)));
        else if (length == 0)
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.NotFound(request, entry.Next)));
        else if (entry.Left > 1)
            Wait(entry with { Next = entry.Next + 1, Left = entry.Left - 1, Overtaken = 0 });

        Serve(now, ref actions);
    }

    /// <summary>
    /// True when a peer, whose connection has not taken a byte of the chunk on its way to it for so long, is to be
    /// closed. Its account has a single slot for a while.
    /// </summary>
    public bool IsStalled(Link link, TimeSpan since, Instant now)
    {
        if (!_takers.TryGetValue(link.Connection, out var taker) || !taker.IsSending)
            return false;

        var isFull = _cap.IsDelayed(now);
        var place = _sending.FindIndex(entry => entry.Taker == taker);
        if (since < (isFull ? options.StalledAfterOnFullLine : options.StalledAfter)
            && now - _sending[place].Began < options.LongestChunk)
            return false;

        if (!isFull)
            _accounts.NoteStall(taker.Account, now);

        return true;
    }

    /// <summary>A connection is over.</summary>
    public void Forget(Link link, Instant now, ref ActionBuffer actions)
    {
        if (!_takers.Remove(link.Connection, out var taker))
            return;

        taker.Wait(-_waiting.RemoveAll(entry => entry.Taker == taker));
        if (_sending.RemoveAll(entry => entry.Taker == taker) > 0)
        {
            taker.End();
            _cap.End(0, now, now);
        }

        _accounts.Leave(taker.Account);
        Serve(now, ref actions);
    }

    /// <summary>Holds uploads back, or with none lets them go on.</summary>
    public void SetHold(UploadHold hold, Instant now, ref ActionBuffer actions)
    {
        if (hold == _hold)
            return;

        _hold = hold;
        Serve(now, ref actions);
    }

    /// <summary>So much was given in the month that runs.</summary>
    public void CountMonth(long bytes, Instant now, ref ActionBuffer actions)
    {
        _count.MonthBytes = bytes;
        Serve(now, ref actions);
    }

    /// <summary>How long something took to cross the client's line.</summary>
    public void NoteDelay(TimeSpan delay, Instant now) => _cap.NoteDelay(delay, now);

    /// <summary>When more may be given, if the cap is what holds it back.</summary>
    public Instant NextCheck(Instant now) =>
        _waiting.Count > 0 && _sending.Count < options.Slots && Hold == UploadHold.None
            ? _cap.NextAt(now)
            : Instant.Never;

    /// <summary>Gives what may be given now.</summary>
    public void Serve(Instant now, ref ActionBuffer actions)
    {
        while (_waiting.Count > 0 && _sending.Count < options.Slots && Hold == UploadHold.None)
        {
            var place = NextPlace(now);
            if (place < 0 || !_cap.MayGive(now))
                return;

            var entry = TakeWaiting(place);
            _sending.Add(entry with { Began = now });
            _cap.Begin(now);
            entry.Taker.Begin(++_turn);
            actions.Add(ClientAction.SendChunk(
                entry.Taker.Link.Connection, entry.Request, new ChunkId(entry.File, entry.Next), entry.Priority));
        }
    }

    /// <summary>
    /// The most urgent request of a peer to which nothing is on its way; among equals that of the account served
    /// longest ago.
    /// </summary>
    private int NextPlace(Instant now)
    {
        var best = -1;
        var slowMay = CountSlow(now) < options.SlotsForSlow;
        for (var i = 0; i < _waiting.Count; i++)
        {
            var entry = _waiting[i];
            if (entry.Taker.IsSending
                || (!slowMay && MayBeSlow(entry.Taker, now))
                || (entry.Taker.Account.Sending > 0 && _accounts.HasStalled(entry.Taker.Account, now)))
                continue;

            if (best < 0 || entry.GoesBefore(_waiting[best]))
                best = i;
        }

        return best;
    }

    /// <summary>
    /// Refuses what waits last for the account with the most waiting, if that has more than one which asks.
    /// </summary>
    private bool TryMakeRoom(UploadAccount asking, ref ActionBuffer actions)
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
        Refuse(refused.Taker.Link, refused.Request, ref actions);
        return true;
    }

    private void Refuse(Link link, uint request, ref ActionBuffer actions)
    {
        var busy = PeerMessage.Busy(request, (uint)options.RetryAfter.TotalMilliseconds);
        actions.Add(ClientAction.Send(link.Connection, busy));
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

    /// <summary>A chunk has left: those before it in the list set out earlier, and are overtaken.</summary>
    private void NoteOrder(in UploadRequest left, int place)
    {
        left.Taker.Link.TakesSlowly = left.Overtaken >= options.SlowAfter;
        for (var i = 0; i < place; i++)
        {
            var overtaken = _sending[i].Overtaken + 1;
            _sending[i] = _sending[i] with { Overtaken = overtaken };
            _sending[i].Taker.Link.TakesSlowly |= overtaken >= options.SlowAfter;
        }
    }

    private int CountSlow(Instant now)
    {
        var slow = 0;
        foreach (var entry in _sending)
            slow += MayBeSlow(entry.Taker, now) ? 1 : 0;

        return slow;
    }

    private bool MayBeSlow(UploadTaker taker, Instant now) => taker.Link.TakesSlowly
        || taker.Link.Given < options.ShownAfterBytes
        || _accounts.HasStalled(taker.Account, now);

    private static int PlaceOf(List<UploadRequest> requests, Link link, uint request)
    {
        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i].Taker.Link == link && requests[i].Request == request)
                return i;
        }

        return -1;
    }
}
