using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Nodes;

/// <summary>A chunk that a node reads for a request.</summary>
/// <param name="End">Whose request it is.</param>
/// <param name="Place">The request's place in its session.</param>
/// <param name="Request">The request's number: the place may be another's by then.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="IsMaster">True when master storage is asked for it.</param>
internal readonly record struct NodeRead(
    ConnectionEnd End, int Place, uint Request, TrackChunk Chunk, bool IsMaster);
