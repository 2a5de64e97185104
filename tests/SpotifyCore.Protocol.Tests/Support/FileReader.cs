using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>Gives the chunks of a test file to a put.</summary>
internal sealed class FileReader(TestFile file) : IChunkReader
{
    public ValueTask ReadAsync(uint index, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        file.Bytes(index).CopyTo(destination);
        return ValueTask.CompletedTask;
    }
}
