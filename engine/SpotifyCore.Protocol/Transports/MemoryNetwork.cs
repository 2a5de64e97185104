namespace SpotifyCore.Protocol.Transports;

/// <summary>Where the <see cref="MemoryTransport"/>s of one process find each other. Safe for many threads.</summary>
/// <param name="bufferBytes">Bytes one direction of a connection holds before its sender waits.</param>
public sealed class MemoryNetwork(int bufferBytes = 64 * 1024)
{
    /// <summary>Bytes one direction of a connection holds before its sender waits.</summary>
    public int BufferBytes => bufferBytes;
}
