using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Cache.Presence;

/// <summary>Is shown every chunk that a directory holds.</summary>
internal interface IPlaceVisitor
{
    void Visit(ChunkId chunk, ChunkPlace place);
}
