using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Sending;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// Where chunks lie in a batch, so that they are read straight into the write they leave in: behind room for all of
/// their frames' prefixes, from where each moves a little to the front once it is known how much there is.
/// </summary>
internal readonly struct ChunkFraming(int frameBytes)
{
    private static readonly int PrefixLength = MessageCodec.PrefixLength(PeerMessageKind.ChunkData);

    private int PrefixesOfChunk => (Manifest.ChunkSize + frameBytes - 1) / frameBytes * PrefixLength;

    /// <summary>Chunks that fit into an amount of room with all of their prefixes.</summary>
    public int Fitting(int room) => room / RoomOf(1);

    /// <summary>Room that a number of chunks takes at most.</summary>
    public int RoomOf(int chunks) => chunks * (Manifest.ChunkSize + PrefixesOfChunk);

    /// <summary>Where to read a number of chunks to.</summary>
    public Memory<byte> Target(SendBatch batch, int chunks) =>
        batch.Free.Slice(chunks * PrefixesOfChunk, chunks * Manifest.ChunkSize);

    /// <summary>
    /// Turns a chunk that was read to <see cref="Target"/> into frames of the batch. The first chunk goes first.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="source">Where the chunk lies now; overwritten by its own frames at most.</param>
    /// <param name="whole">The chunk as one message.</param>
    public void Frame(SendBatch batch, ReadOnlySpan<byte> source, in PeerMessage whole)
    {
        for (var offset = 0; offset < source.Length; offset += frameBytes)
        {
            var length = Math.Min(frameBytes, source.Length - offset);
            var piece = PeerMessage.ChunkPiece(
                whole.Request, whole.Chunk, whole.Tier, (uint)offset, (uint)source.Length, length);
            var free = batch.Free.Span;
            var prefix = MessageCodec.WritePrefix(piece, free);
            source.Slice(offset, length).CopyTo(free[prefix..]);
            batch.Advance(prefix + length);
        }
    }
}
