using SpotifyCore.Content.Identity;
using SpotifyCore.Core;

namespace SpotifyCore.Simulation.Clients;

/// <summary>Something that a client's core hears of in a while.</summary>
/// <param name="Due">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Play">The play it is about.</param>
/// <param name="Connection">The connection it is about.</param>
/// <param name="Request">The remote peer's request that it is about.</param>
/// <param name="Track">The track it is about; -1 for none.</param>
/// <param name="Chunk">The chunk it is about.</param>
/// <param name="Value">Bytes, or 1 for true.</param>
internal readonly record struct Posted(
    long Due, PostKind Kind, PlayId Play, ConnectionId Connection, uint Request, int Track, uint Chunk, int Value);
