using SpotifyCore.Content.Manifests;
using SpotifyCore.Testing;

namespace SpotifyCore.Content.Tests.Manifests;

public sealed class ChunkVerifierTests
{
    private readonly TestFile _file = TestFile.Create(seed: 5, length: 40_000);

    [Fact]
    public void Matches_EachChunk_OnlyInItsOwnPlace()
    {
        for (uint index = 0; index < 3; index++)
            for (uint place = 0; place < 4; place++)
                Assert.Equal(index == place, ChunkVerifier.Matches(_file.Manifest, place, _file.Bytes(index).Span));
    }

    [Fact]
    public void Matches_OneBitChanged_IsFalse()
    {
        var chunk = _file.Bytes(2).ToArray();
        for (var bit = 0; bit < chunk.Length * 8; bit += 997)
        {
            chunk[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(ChunkVerifier.Matches(_file.Manifest, 2, chunk));
            chunk[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Matches_Truncated_IsFalse() =>
        Assert.False(ChunkVerifier.Matches(_file.Manifest, 0, _file.Bytes(0).Span[..^1]));

    [Fact]
    public void Matches_WholeChunk_DoesNotAllocate() =>
        AllocationAssert.None(_file, static file => ChunkVerifier.Matches(file.Manifest, 1, file.Bytes(1).Span));
}
