using SpotifyCore.Core.Actions;

namespace SpotifyCore.Client.Running;

/// <summary>Receives a chunk that was read for a peer.</summary>
internal interface IChunkReceiver
{
    /// <summary>
    /// Called on the loop; a reference to the slot passes over. <paramref name="length"/> is 0 for a miss.
    /// </summary>
    void Receive(in SendChunk asked, int slot, int length);
}
