namespace SpotifyCore.Client.Peering;

/// <summary>A chunk on its way to a peer.</summary>
/// <param name="Request">The peer's request.</param>
/// <param name="Index">The chunk's place in its file.</param>
/// <param name="Slot">Where its bytes are; whoever holds this holds a reference.</param>
/// <param name="Length">How many there are.</param>
/// <param name="IsPaced">False where they leave as fast as they are taken.</param>
internal readonly record struct OutgoingChunk(uint Request, uint Index, int Slot, int Length, bool IsPaced);
