using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Composition;

/// <summary>Gives the chunks of a test file to a put.</summary>
internal sealed class TestFileReader(TestFile file) : IChunkReader
{
    public ValueTask ReadAsync(uint index, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        file.Bytes(index).CopyTo(destination);
        return ValueTask.CompletedTask;
    }
}
