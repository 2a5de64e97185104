using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// The chunks on their way out over one connection: in order, in small pieces, each when the pacer lets it leave. Owned
/// by the loop.
/// </summary>
/// <param name="channel">The connection.</param>
/// <param name="outlet">Where its bytes leave.</param>
/// <param name="desk">Memory, pacer and whom to tell.</param>
internal sealed class ChunkLane(PeerChannel channel, FrameOutlet outlet, PeerDesk desk)
{
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

    /// <summary>The bytes of the chunk that a piece belongs to.</summary>
    public ReadOnlySpan<byte> Head => desk.Ground.Slots[_waiting.Peek().Slot].Span;

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
        while (outlet.HasRoom && _waiting.TryPeek(out var chunk))
        {
            var length = Math.Min(desk.ChunkFrameBytes, chunk.Length - _headSent);
            if (!desk.Pacer.TryTake(length, this))
                return;

            var isTaken = channel.SendPiece(PeerMessage.ChunkPiece(
                chunk.Request, chunk.Index, Tier.Peers, (uint)_headSent, (uint)chunk.Length, length));
            if (channel.IsClosing)
                return;

            _headSent += length;
            if (isTaken && _headSent < chunk.Length)
                continue;

            _headSent = 0;
            _waiting.Dequeue();
            desk.Ground.Slots.Release(chunk.Slot);
            if (isTaken)
                _leaving.Enqueue((chunk, outlet.Written));
            else
                desk.Sent(channel.Id, chunk, sent: false);
        }
    }

    /// <summary>Drops everything: the connection ends, and nobody is told.</summary>
    public void Clear()
    {
        while (_waiting.TryDequeue(out var chunk))
            desk.Ground.Slots.Release(chunk.Slot);

        _leaving.Clear();
    }

    private void Report()
    {
        while (_leaving.TryPeek(out var first) && first.End <= outlet.Left)
        {
            _leaving.Dequeue();
            desk.Sent(channel.Id, first.Chunk, sent: true);
        }
    }
}
