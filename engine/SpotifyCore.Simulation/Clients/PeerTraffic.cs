using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// What a client keeps for one connection: the chunks that wait for its lane, what the remote peer is asked for and has
/// offered, and how it took that, as the messages say; the core is not asked what it remembers.
/// </summary>
internal sealed class PeerTraffic
{
    /// <summary>Files of which an offered part is remembered: those that were offered last.</summary>
    private const int MostParts = 4;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly List<OpenRequest> _open = [];
    private readonly List<OfferedPart> _parts = [];
    private readonly List<(uint Request, FileId File)> _questions = [];
    private (FileId File, Instant At) _lacked = (default, Instant.Never);
    private Instant _cameAt = Instant.Never;

    /// <summary>Chunks that were read for the remote peer and wait for the lane.</summary>
    public Queue<Posted> Waiting { get; } = new();

    /// <summary>
    /// When the remote peer last refused a request, other than one that was cancelled; <see cref="Instant.Never"/> when
    /// it did not.
    /// </summary>
    public Instant RefusedAt { get; private set; } = Instant.Never;

    /// <summary>
    /// When a request was given up last to which nothing had come for a while; <see cref="Instant.Never"/> when none
    /// was.
    /// </summary>
    public Instant GivenUpAt { get; private set; } = Instant.Never;

    /// <summary>When a request was given up last, and for how long nothing had come then.</summary>
    public (Instant At, TimeSpan Silent) LastGivenUp { get; private set; } = (Instant.Never, TimeSpan.Zero);

    /// <summary>A message went out.</summary>
    public void Sent(in PeerMessage message, Instant now)
    {
        if (message.Kind == PeerMessageKind.HaveRequest)
            _questions.Add((message.Request, message.File));
        else if (message.Kind == PeerMessageKind.ChunkRequest)
            _open.Add(new OpenRequest(message.Request, message.File, message.Chunk, message.Count, now));
        else if (message.Kind == PeerMessageKind.Cancel)
            GiveUp(message.Request, now);
    }

    /// <summary>A request did not go out: the connection takes no more of them.</summary>
    public void Held(Instant now) => RefusedAt = now;

    /// <summary>A message came.</summary>
    public void Received(in PeerMessage message, Instant now)
    {
        var (request, file) = (message.Request, message.File);
        switch (message.Kind)
        {
            case PeerMessageKind.ChunkData:
                Came(message, now);
                break;
            case PeerMessageKind.Have:
                _questions.RemoveAll(asked => asked.Request == request);
                if (message.Holding == HaveKind.None)
                    _lacked = (message.File, now);
                if (message.Holding == HaveKind.Whole)
                    _parts.RemoveAll(part => part.File == file);

                break;
            case PeerMessageKind.NotFound when Find(request) is >= 0 and var at:
                _lacked = (_open[at].File, now);
                _open.RemoveAt(at);
                break;
            case PeerMessageKind.NotFound or PeerMessageKind.Busy or PeerMessageKind.Error:
                var isCancelled = message.Kind == PeerMessageKind.Error && message.Code == ProtocolCode.Cancelled;
                RefusedAt = isCancelled ? RefusedAt : now;
                End(message.Request);
                break;
        }
    }

    /// <summary>The remote peer offers a part of a file, beside what it offered of it before.</summary>
    /// <param name="file">The file.</param>
    /// <param name="first">The chunk of the first bit.</param>
    /// <param name="present">A bit a chunk.</param>
    /// <param name="now">The time.</param>
    public void Offered(FileId file, uint first, ulong[] present, Instant now)
    {
        _parts.RemoveAll(part => part.File == file && part.First == first);
        _parts.Add(new OfferedPart(file, first, present, now));
        if (_parts.Count > MostParts)
            _parts.RemoveAt(0);
    }

    /// <summary>True when the remote peer has offered a chunk as part of a file.</summary>
    public bool Offers(FileId file, uint chunk) => _parts.Exists(part => part.File == file && part.Has(chunk));

    /// <summary>
    /// Since when the remote peer is asked for a chunk that it has not sent; <see cref="Instant.Never"/> when it is
    /// not.
    /// </summary>
    public Instant AskedSince(FileId file, uint chunk)
    {
        foreach (var request in _open)
        {
            if (request.File == file && chunk >= request.Next && chunk - request.Next < request.Left)
                return request.At;
        }

        return Instant.Never;
    }

    /// <summary>True while the remote peer is asked what it holds of a file.</summary>
    public bool IsQuestioned(FileId file) => _questions.Exists(asked => asked.File == file);

    /// <summary>
    /// When the remote peer last said that it lacks a chunk: with the file, of which it has spoken last, or as it offered a
    /// part without it; <see cref="Instant.Never"/> when it did not.
    /// </summary>
    public Instant LackedAt(FileId file, uint chunk)
    {
        var at = _lacked.File == file ? _lacked.At : Instant.Never;
        foreach (var part in _parts)
        {
            if (part.File == file && !Offers(file, chunk) && (at == Instant.Never || part.At > at))
                at = part.At;
        }

        return at;
    }

    // The chunks of a request come in order.
    private void Came(in PeerMessage chunk, Instant now)
    {
        _cameAt = now;
        var at = Find(chunk.Request);
        if (at < 0)
            return;

        var request = _open[at];
        if (request.Left > 1)
            _open[at] = request with { Next = chunk.Chunk + 1, Left = request.Left - 1 };
        else
            _open.RemoveAt(at);
    }

    private void GiveUp(uint number, Instant now)
    {
        var at = Find(number);
        if (at < 0)
            return;

        var since = _cameAt != Instant.Never && _cameAt > _open[at].At ? _cameAt : _open[at].At;
        LastGivenUp = (now, now - since);
        if (now - since >= Silence)
            GivenUpAt = now;

        _open.RemoveAt(at);
    }

    private void End(uint request)
    {
        _questions.RemoveAll(asked => asked.Request == request);
        var at = Find(request);
        if (at >= 0)
            _open.RemoveAt(at);
    }

    private int Find(uint request) => _open.FindIndex(open => open.Request == request);

    private readonly record struct OpenRequest(uint Request, FileId File, uint Next, uint Left, Instant At);

    private readonly record struct OfferedPart(FileId File, uint First, ulong[] Present, Instant At)
    {
        public bool Has(uint chunk) => chunk >= First && (chunk - First) / 64 < Present.Length
            && (Present[(chunk - First) / 64] & (1ul << (int)((chunk - First) % 64))) != 0;
    }
}
