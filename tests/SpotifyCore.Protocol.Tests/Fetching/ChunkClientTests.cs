using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Fetching;

public sealed class ChunkClientTests
{
    private static readonly TestFile File = TestFile.Create(1, (Manifest.ChunkSize * 20) + 777);

    [Fact]
    public async Task ReadAsync_Range_BringsEveryByteAndItsTier()
    {
        await using var server = await ServerFixture.TcpAsync(new FileShelf(Tier.Master).With(File).Backend);
        await using var client = await server.ConnectAsync();

        var buffer = new byte[30 * Manifest.ChunkSize];
        var result = await client.ReadAsync(Request(0, 30), File.Manifest, buffer);

        Assert.Equal(ChunkReadResult.Found((int)File.Manifest.Length, Tier.Master), result);
        for (uint i = 0; i < File.Manifest.ChunkCount; i++)
            Assert.True(File.Bytes(i).Span.SequenceEqual(buffer.AsSpan((int)i * Manifest.ChunkSize, File.Manifest.LengthOf(i))));
    }

    [Fact]
    public async Task FindManifestAsync_Held_BringsIt()
    {
        await using var server = await ServerFixture.TcpAsync(new FileShelf().With(File).Backend);
        await using var client = await server.ConnectAsync();

        var found = await client.FindManifestAsync(File.Id);

        Assert.Equal(File.Id, found!.File);
        Assert.Null(await client.FindManifestAsync(TestFile.Create(2, 10).Id));
        Assert.Equal(HaveKind.Whole, await client.HoldsAsync(File.Id));
    }

    [Fact]
    public async Task PutAsync_NewFile_StoresEveryChunk()
    {
        var shelf = new FileShelf();
        await using var server = await ServerFixture.TcpAsync(shelf.Backend);
        await using var client = await server.ConnectAsync();

        Assert.Equal(PutOutcome.Stored, await client.PutAsync(File.Manifest, new FileReader(File)));
        Assert.Equal(PutOutcome.AlreadyHeld, await client.PutAsync(File.Manifest, new FileReader(File)));
        for (uint i = 0; i < File.Manifest.ChunkCount; i++)
            Assert.True(File.Bytes(i).Span.SequenceEqual(shelf.Taken(File.Chunk(i))));
    }

    private static ChunkRequest Request(uint first, uint count) =>
        new(File.Id, first, count, RequestPriority.Playing, Instant.Never);
}
