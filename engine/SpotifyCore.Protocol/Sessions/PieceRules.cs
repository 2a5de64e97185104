using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>Which piece may come next: the same rules for what is received and for what is sent.</summary>
internal static class PieceRules
{
    /// <summary>Takes a piece of the next chunk of a range, in order. False when it is another piece.</summary>
    /// <param name="entry">The request.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="ends">True when it was the last piece of the last chunk.</param>
    public static bool TryTakeOfRange(ref RequestEntry entry, in PeerMessage piece, out bool ends)
    {
        ends = false;
        if (entry.Short || piece.Chunk != entry.Next || !TryTake(ref entry, piece))
            return false;
        if (!piece.IsLastPiece)
            return true;

        entry.Short = piece.Total < Manifest.ChunkSize;
        entry.Next++;
        ends = entry.Next == entry.End;
        return true;
    }

    /// <summary>Takes a piece of a put's chunk: chunks in any order, the pieces of one in order.</summary>
    public static bool TryTakeOfPut(ref RequestEntry entry, in PeerMessage piece)
    {
        if (entry.Offset == 0)
            entry.Next = piece.Chunk;

        return piece.Chunk == entry.Next && TryTake(ref entry, piece);
    }

    /// <summary>Takes the next piece of a chunk or manifest.</summary>
    public static bool TryTake(ref RequestEntry entry, in PeerMessage piece)
    {
        if (piece.Offset != entry.Offset || piece.Length == 0 || (piece.Offset > 0 && piece.Total != entry.Total))
            return false;

        entry.Total = piece.Total;
        entry.Offset = piece.IsLastPiece ? 0 : piece.Offset + piece.Length;
        return true;
    }
}
