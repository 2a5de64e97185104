namespace SpotifyCore.Content.Sources;

/// <summary>A place that may hold chunks: the local cache, a vault, other nodes. Safe for many threads.</summary>
public interface IChunkSource
{
    /// <summary>
    /// Copies a range of chunks of one file into memory that the caller owns, by the request's deadline.
    /// </summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="destination">At least <c>Count</c> times 16 KiB; the caller's, not touched after
    /// completion.</param>
    /// <param name="cancellationToken">Gives up early; surfaces as <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// How much, from which tier and whom; a miss is a value, never an exception. The bytes are verified.
    /// </returns>
    ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default);
}
