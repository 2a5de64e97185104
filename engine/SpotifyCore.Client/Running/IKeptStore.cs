using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Client.Running;

/// <summary>Where files lie that are kept offline. On the loop, but for what is written.</summary>
internal interface IKeptStore
{
    /// <summary>Opens a track that is to be kept, and its file; the core hears of it.</summary>
    void Open(in OpenKept opening);

    /// <summary>Writes a chunk of a file that was opened; from any thread.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    ValueTask WriteAsync(ChunkId chunk, ReadOnlyMemory<byte> sealedChunk);

    /// <summary>A chunk could not be written, of which the core hears next.</summary>
    void NoteFailed(PlayId keeping, string reason);

    /// <summary>Nothing more comes into a file; of one that is whole the core hears once it is durable.</summary>
    void End(in EndKeeping ended);
}
