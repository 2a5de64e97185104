namespace SpotifyCore.Storage.Vault;

/// <summary>
/// Takes the chunks of one new file. Disposed before <see cref="CommitAsync"/>, it leaves nothing behind. One
/// caller at a time.
/// </summary>
public interface IVaultWriter : IAsyncDisposable
{
    /// <summary>
    /// Takes a chunk, in any order. False when it does not match the manifest; it is then not stored.
    /// </summary>
    ValueTask<bool> WriteAsync(
        uint index, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes the file durable and visible. False while chunks are missing. Once true is returned the file survives
    /// <c>kill -9</c> and power loss.
    /// </summary>
    ValueTask<bool> CommitAsync(CancellationToken cancellationToken = default);
}
