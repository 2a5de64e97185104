namespace SpotifyCore.Protocol.Fetching;

/// <summary>Gives the chunks of a file that is being put, in order.</summary>
public interface IChunkReader
{
    /// <summary>
    /// Reads the sealed chunk <paramref name="index"/> into the front of <paramref name="destination"/>, all of it.
    /// </summary>
    ValueTask ReadAsync(uint index, Memory<byte> destination, CancellationToken cancellationToken = default);
}
