namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// Takes in the chunks of one file. Disposed before <see cref="CommitAsync"/>, it leaves nothing behind. One caller at
/// a time.
/// </summary>
public interface IFileIntakeWriter : IAsyncDisposable
{
    /// <summary>Takes a chunk, in any order. False when it does not match the manifest.</summary>
    ValueTask<bool> WriteAsync(
        uint index, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default);

    /// <summary>Makes the file durable and visible. False while chunks are missing.</summary>
    ValueTask<bool> CommitAsync(CancellationToken cancellationToken = default);
}
