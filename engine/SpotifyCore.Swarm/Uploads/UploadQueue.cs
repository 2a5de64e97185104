using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Swarm.Uploads;

/// <summary>
/// Gives wholly cached files to peers: a few chunks on their way at once, each to another peer; playing before
/// prefetch before offline sync, and among equals whoever was served longest ago. Owned by the core's loop.
/// </summary>
/// <param name="options">Its limits.</param>
public sealed class UploadQueue(UploadOptions options)
{
    private readonly List<UploadRequest> _waiting = [];
    private readonly List<UploadRequest> _sending = [];
    private readonly Dictionary<ConnectionId, UploadAccess> _access = [];
    private readonly Dictionary<ConnectionId, long> _served = [];
    private long _turn;
    private long _sequence;

    /// <summary>True while nothing new is sent: the client's own buffer is low.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Requests waiting.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Chunks on their way.</summary>
    public int Sending => _sending.Count;

    /// <summary>Payload bytes given so far.</summary>
    public long GivenBytes { get; private set; }

    /// <summary>How it stands.</summary>
    public UploadStatus Status => new(
        _sending.Count, _waiting.Count, UploadHold.None, 0, 0, GivenBytes, GivenBytes, GivenBytes, 0, 0);

    /// <summary>What a neighbour was given and gave.</summary>
    public PeerUpload Of(Link link) => new(
        link.Remote, link.Given, link.Received, RequestPriority.Playing, IsSendingTo(link) || WaitingFor(link) > 0);

    /// <summary>A peer asks whether a file is held. The shell finds out, or the answer is no at once.</summary>
    public void AskHeld(Link link, uint request, FileId file, ref ActionBuffer actions) => actions.Add(options.Enabled
        ? ClientAction.QueryHeld(link.Connection, request, file)
        : ClientAction.Send(link.Connection, PeerMessage.Have(request, file, HaveKind.None)));

    /// <summary>The shell found out whether a file is held.</summary>
    public void AnswerHeld(Link link, uint request, FileId file, bool held, ref ActionBuffer actions)
    {
        if (held)
        {
            if (!_access.TryGetValue(link.Connection, out var access))
                _access.Add(link.Connection, access = new UploadAccess(options.FilesPerPeer));

            access.Allow(file);
        }

        var answer = PeerMessage.Have(request, file, held ? HaveKind.Whole : HaveKind.None);
        actions.Add(ClientAction.Send(link.Connection, answer));
    }

    /// <summary>A peer asks for chunks: they are queued, or it is told why not.</summary>
    public void Ask(Link link, in PeerMessage message, ref ActionBuffer actions)
    {
        if (!options.Enabled || !_access.TryGetValue(link.Connection, out var access) || !access.Allows(message.File))
        {
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.NotFound(message.Request, message.Chunk)));
            return;
        }

        if (IsPaused || _waiting.Count >= options.QueueLimit || WaitingFor(link) >= options.QueueLimitPerPeer)
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
            ++_sequence));
        Serve(ref actions);
    }

    /// <summary>A peer gives a request up: it ends now, or with the chunk that is on its way.</summary>
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
        if (place >= 0 && _sending[place].Left > 1)
            _sending[place] = _sending[place] with { Left = 0 };
    }

    /// <summary>A chunk of so many bytes went out, or with 0 the cache lacked it.</summary>
    public void Sent(Link link, uint request, int length, ref ActionBuffer actions)
    {
        var place = PlaceOf(_sending, link, request);
        if (place < 0)
            return;

        var entry = _sending[place];
        _sending.RemoveAt(place);
        link.Given += length;
        GivenBytes += length;
        if (length == 0)
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.NotFound(request, entry.Next)));
        else if (entry.Left == 0)
            actions.Add(ClientAction.Send(link.Connection, PeerMessage.Error(request, ProtocolCode.Cancelled)));
        else if (entry.Left > 1)
            _waiting.Add(entry with { Next = entry.Next + 1, Left = entry.Left - 1 });

        Serve(ref actions);
    }

    /// <summary>A connection is over.</summary>
    public void Forget(Link link, ref ActionBuffer actions)
    {
        Remove(_waiting, link);
        Remove(_sending, link);
        _access.Remove(link.Connection);
        _served.Remove(link.Connection);
        Serve(ref actions);
    }

    /// <summary>Holds uploads back, or lets them go on.</summary>
    public void SetPaused(bool paused, ref ActionBuffer actions)
    {
        if (paused == IsPaused)
            return;

        IsPaused = paused;
        Serve(ref actions);
    }

    private void Serve(ref ActionBuffer actions)
    {
        while (!IsPaused && _sending.Count < options.Slots)
        {
            var place = NextPlace();
            if (place < 0)
                return;

            var entry = _waiting[place];
            _waiting.RemoveAt(place);
            _sending.Add(entry);
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
        for (var i = 0; i < _waiting.Count; i++)
        {
            var entry = _waiting[i];
            if (IsSendingTo(entry.Link))
                continue;

            var turn = _served.GetValueOrDefault(entry.Link.Connection);
            if (best >= 0 && !entry.GoesBefore(_waiting[best], turn, bestTurn))
                continue;

            best = i;
            bestTurn = turn;
        }

        return best;
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
