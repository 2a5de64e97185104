using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Swarm.Uploads;

/// <summary>
/// Gives cached files to peers: a few chunks on their way at once, each to another peer; playing before prefetch
/// before offline sync, and among equals whoever was served longest ago; not all slots to peers that take slowly; no
/// faster than the line bears, no more than the month's budget. Owned by the core's loop.
/// </summary>
/// <param name="options">Its limits.</param>
public sealed class UploadQueue(UploadOptions options)
{
    private readonly UplinkCap _cap = new(options);
    private readonly UploadCount _count = new();
    private readonly List<UploadRequest> _waiting = [];
    private readonly List<UploadRequest> _sending = [];
    private readonly Dictionary<ConnectionId, UploadAccess> _access = [];
    private readonly Dictionary<ConnectionId, long> _served = [];
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
        link.Remote, link.Given, link.Received, link.GivenFor, IsSendingTo(link) || WaitingFor(link) > 0);

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
        if (!_access.TryGetValue(link.Connection, out var access))
            _access.Add(link.Connection, access = new UploadAccess(options.FilesPerPeer));

        access.Allow(file);
    }

    /// <summary>A peer asks for chunks: they are queued, or it is told why not.</summary>
    public void Ask(Link link, in PeerMessage message, Instant now, ref ActionBuffer actions)
    {
        if (!_access.TryGetValue(link.Connection, out var access) || !access.Allows(message.File))
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
            || _waiting.Count >= options.QueueLimit
            || WaitingFor(link) >= options.QueueLimitPerPeer)
        {
            var busy = PeerMessage.Busy(message.Request, (uint)options.RetryAfter.TotalMilliseconds);
            actions.Add(ClientAction.Send(link.Connection, busy));
            return;
        }

        _waiting.Add(new UploadRequest(
            link,
            message.Request,
            message.File,
            message.Chunk,
            Math.Max(1, message.Count),
            message.Priority,
            ++_sequence,
            Overtaken: 0));
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
            _waiting.RemoveAt(place);
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
        if (length > 0)
            NoteOrder(entry, place);

        _cap.End(length, _sending.Count == 0, now);
        _count.Add(length, entry.Priority);
        link.Give(length, entry.Priority, now);
        if (entry.Left == 0)
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.Error(request, ProtocolCode.Cancelled)));
        else if (length == 0)
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.NotFound(request, entry.Next)));
        else if (entry.Left > 1)
            _waiting.Add(entry with { Next = entry.Next + 1, Left = entry.Left - 1, Overtaken = 0 });

        Serve(now, ref actions);
    }

    /// <summary>A connection is over.</summary>
    public void Forget(Link link, Instant now, ref ActionBuffer actions)
    {
        Remove(_waiting, link);
        for (var i = _sending.Count - 1; i >= 0; i--)
        {
            if (_sending[i].Link != link)
                continue;

            _sending.RemoveAt(i);
            _cap.End(0, _sending.Count == 0, now);
        }

        _access.Remove(link.Connection);
        _served.Remove(link.Connection);
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
            var place = NextPlace();
            if (place < 0 || !_cap.MayGive(now))
                return;

            var entry = _waiting[place];
            _waiting.RemoveAt(place);
            _sending.Add(entry);
            _cap.Begin(now);
            _served[entry.Link.Connection] = ++_turn;
            actions.Add(ClientAction.SendChunk(
                entry.Link.Connection, entry.Request, new ChunkId(entry.File, entry.Next), entry.Priority));
        }
    }

    /// <summary>
    /// The most urgent request of a peer to which nothing is on its way; among equals the peer served longest ago.
    /// </summary>
    private int NextPlace()
    {
        var best = -1;
        var bestTurn = 0L;
        var slowMay = CountSlow() < options.SlotsForSlow;
        for (var i = 0; i < _waiting.Count; i++)
        {
            var entry = _waiting[i];
            if (IsSendingTo(entry.Link) || (entry.Link.TakesSlowly && !slowMay))
                continue;

            var turn = _served.GetValueOrDefault(entry.Link.Connection);
            if (best >= 0 && !entry.GoesBefore(_waiting[best], turn, bestTurn))
                continue;

            best = i;
            bestTurn = turn;
        }

        return best;
    }

    /// <summary>A chunk has left: those before it in the list set out earlier, and are overtaken.</summary>
    private void NoteOrder(in UploadRequest left, int place)
    {
        left.Link.TakesSlowly = left.Overtaken >= options.SlowAfter;
        for (var i = 0; i < place; i++)
        {
            var overtaken = _sending[i].Overtaken + 1;
            _sending[i] = _sending[i] with { Overtaken = overtaken };
            _sending[i].Link.TakesSlowly |= overtaken >= options.SlowAfter;
        }
    }

    private int CountSlow()
    {
        var slow = 0;
        foreach (var entry in _sending)
            slow += entry.Link.TakesSlowly ? 1 : 0;

        return slow;
    }

    private bool IsSendingTo(Link link)
    {
        foreach (var entry in _sending)
        {
            if (entry.Link == link)
                return true;
        }

        return false;
    }

    private int WaitingFor(Link link)
    {
        var waiting = 0;
        foreach (var entry in _waiting)
            waiting += entry.Link == link ? 1 : 0;

        return waiting;
    }

    private static int PlaceOf(List<UploadRequest> requests, Link link, uint request)
    {
        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i].Link == link && requests[i].Request == request)
                return i;
        }

        return -1;
    }

    private static void Remove(List<UploadRequest> requests, Link link)
    {
        for (var i = requests.Count - 1; i >= 0; i--)
        {
            if (requests[i].Link == link)
                requests.RemoveAt(i);
        }
    }
}
