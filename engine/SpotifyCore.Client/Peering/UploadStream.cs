using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Connections;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// The chunks on their way out over one connection: in order, in pieces, each when the pacer lets it leave. Owned
/// by the loop.
/// </summary>
/// <param name="connection">Whose chunks they are.</param>
/// <param name="peer">Where its bytes leave.</param>
/// <param name="all">Memory, pacer and whom to tell.</param>
internal sealed class UploadStream(ClientConnection connection, PeerConnection peer, PeerConnections all)
{
    /// <summary>Bytes gathered above which pieces wait, so that something urgent is not stuck behind them.</summary>
    private const int Room = 24 * 1024;

    /// <summary>The same where nothing is paced: a millisecond of a gigabit a second.</summary>
    private const int UnpacedRoom = 112 * 1024;

    private readonly Queue<OutgoingChunk> _waiting = new();
    private readonly Queue<(OutgoingChunk Chunk, long End)> _leaving = new();
    private int _headSent;

    /// <summary>True while it waits for the pacer.</summary>
    public bool IsPaced { get; set; }

    /// <summary>True while the pacer lets it begin a chunk though others wait.</summary>
    public bool HasTurn { get; set; }

    /// <summary>True when a part of its first chunk has been sent: the rest goes before other chunks.</summary>
    public bool HasBegun => _headSent > 0;

    /// <summary>True while some of a chunk was handed over, and the connection has not taken all of that.</summary>
    public bool IsLeaving => HasBegun || _leaving.Count > 0;

    /// <summary>Takes a chunk; a reference to its slot passes over.</summary>
    public void Add(in OutgoingChunk chunk)
    {
        _waiting.Enqueue(chunk);
        Pump();
    }

    /// <summary>Sends what there is room for, and tells of the chunks whose last byte has left.</summary>
    public void Pump()
    {
        Report();
        while (_waiting.TryPeek(out var chunk) && peer.Sender.Gathered < (chunk.IsPaced ? Room : UnpacedRoom))
        {
            // Where nothing is paced the line takes a chunk in no time.
            var length = Math.Min(chunk.IsPaced ? all.PieceBytes : Manifest.ChunkSize, chunk.Length - _headSent);
            if (chunk.IsPaced && !all.Pacer.TryTake(length, this))
                return;

            var piece = PeerMessage.ChunkPiece(
                chunk.Request, chunk.Index, Tier.Peers, (uint)_headSent, (uint)chunk.Length, length);
            var isTaken = peer.Send(piece, all.Context.Slots[chunk.Slot].Span.Slice(_headSent, length));
            connection.Schedule();
            if (connection.IsClosing)
                return;

            _headSent += length;
            if (isTaken && _headSent < chunk.Length)
                continue;

            _headSent = 0;
            _waiting.Dequeue();
            all.Context.Slots.Release(chunk.Slot);
            if (isTaken)
                _leaving.Enqueue((chunk, peer.Sender.Written));
            else
                all.Sent(connection.Id, chunk, sent: false);
        }
    }

    /// <summary>Drops everything: the connection ends, and nobody is told.</summary>
    public void Clear()
    {
        while (_waiting.TryDequeue(out var chunk))
            all.Context.Slots.Release(chunk.Slot);

        _leaving.Clear();
    }

    private void Report()
    {
        while (_leaving.TryPeek(out var first) && first.End <= peer.Sender.Left)
        {
            _leaving.Dequeue();
            all.Sent(connection.Id, first.Chunk, sent: true);
        }
    }
}
