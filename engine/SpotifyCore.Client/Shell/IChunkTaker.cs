using SpotifyCore.Content.Identity;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Shell;

/// <summary>Takes a chunk that was read for a peer.</summary>
internal interface IChunkTaker
{
    /// <summary>
    /// Called on the loop; a reference to the slot passes over. <paramref name="length"/> is 0 for a miss.
    /// </summary>
    void Take(ConnectionId connection, uint request, ChunkId chunk, int slot, int length);
}
