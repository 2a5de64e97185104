using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// What a client keeps for one connection: the chunks that wait for its lane, and whether the remote peer is asked for
/// any, as the messages say; the core is not asked what it remembers.
/// </summary>
internal sealed class PeerTraffic
{
    private readonly List<OpenRequest> _open = [];

    /// <summary>Chunks that were read for the remote peer and wait for the lane.</summary>
    public Queue<Posted> Waiting { get; } = new();

    /// <summary>
    /// When the remote peer last refused a request, other than one that was cancelled; <see cref="Instant.Never"/> when it
    /// did not.
    /// </summary>
    public Instant RefusedAt { get; private set; } = Instant.Never;

    /// <summary>A message went out.</summary>
    public void Sent(in PeerMessage message)
    {
        if (message.Kind == PeerMessageKind.ChunkRequest)
            _open.Add(new OpenRequest(message.Request, message.Chunk + message.Count));
        else if (message.Kind == PeerMessageKind.Cancel)
            End(message.Request);
    }

    /// <summary>A message came.</summary>
    public void Received(in PeerMessage message, Instant now)
    {
        switch (message.Kind)
        {
            case PeerMessageKind.ChunkData:
                Came(message);
                break;
            case PeerMessageKind.NotFound or PeerMessageKind.Busy or PeerMessageKind.Error:
                var isCancelled = message.Kind == PeerMessageKind.Error && message.Code == ProtocolCode.Cancelled;
                RefusedAt = isCancelled ? RefusedAt : now;
                End(message.Request);
                break;
        }
    }

    /// <summary>True while the remote peer is asked for chunks and has not sent them.</summary>
    public bool IsAsked => _open.Count > 0;

    // The chunks of a request come in order.
    private void Came(in PeerMessage chunk)
    {
        var at = Find(chunk.Request);
        if (at >= 0 && chunk.Chunk + 1 == _open[at].End)
            _open.RemoveAt(at);
    }

    private void End(uint request)
    {
        var at = Find(request);
        if (at >= 0)
            _open.RemoveAt(at);
    }

    private int Find(uint request)
    {
        for (var i = 0; i < _open.Count; i++)
        {
            if (_open[i].Request == request)
                return i;
        }

        return -1;
    }

    private readonly record struct OpenRequest(uint Request, uint End);
}
