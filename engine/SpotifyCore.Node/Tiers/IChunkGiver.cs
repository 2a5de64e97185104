using SpotifyCore.Content.Sources;

namespace SpotifyCore.Node.Tiers;

/// <summary>A source that has the bytes in memory of its own and hands that over, which spares a copy.</summary>
internal interface IChunkGiver
{
    /// <summary>
    /// Reads as <see cref="IChunkSource.ReadAsync"/> does; the memory is held for the caller, null when there is
    /// nothing.
    /// </summary>
    ValueTask<TierAnswer> TakeAsync(in ChunkRequest request, CancellationToken cancellationToken);
}
