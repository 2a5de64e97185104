using SpotifyCore.Client.Running;
using SpotifyCore.Core;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Puts the pieces of chunks together, each request's at its own place. The session has checked that pieces come in
/// order and fit. Owned by the loop.
/// </summary>
internal sealed class ChunkAssembly(SlotPool slots)
{
    private int[] _slots = [];

    /// <summary>True when a piece can be taken: it begins no chunk, or there is a free buffer.</summary>
    public bool CanTake(in PeerMessage piece) => piece.Offset > 0 || slots.HasFree;

    /// <summary>Takes a piece, for which there was room.</summary>
    /// <param name="place">The request's place in the session.</param>
    /// <param name="piece">The message.</param>
    /// <param name="payload">The piece's bytes.</param>
    /// <returns>The slot of the chunk when this piece completed it, whose reference passes over; else none.</returns>
    public int Take(int place, in PeerMessage piece, ReadOnlySpan<byte> payload)
    {
        Grow(place);
        ref var slot = ref _slots[place];
        if (piece.Offset == 0)
            Drop(ref slot);
        if (slot == SlotPool.None && !slots.TryRent(out slot))
            throw new InvalidOperationException("A piece was taken without room for it.");

        payload.CopyTo(slots[slot].Span[(int)piece.Offset..]);
        if (!piece.IsLastPiece)
            return SlotPool.None;

        var whole = slot;
        slot = SlotPool.None;
        return whole;
    }

    /// <summary>Drops what was begun at a place: its request has ended.</summary>
    public void Drop(int place)
    {
        if (place >= 0 && place < _slots.Length)
            Drop(ref _slots[place]);
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        for (var place = 0; place < _slots.Length; place++)
            Drop(ref _slots[place]);
    }

    private void Drop(ref int slot)
    {
        if (slot != SlotPool.None)
            slots.Release(slot);

        slot = SlotPool.None;
    }

    private void Grow(int place)
    {
        if (place < _slots.Length)
            return;

        var had = _slots.Length;
        Array.Resize(ref _slots, Math.Max(8, place + 1));
        _slots.AsSpan(had).Fill(SlotPool.None);
    }
}
