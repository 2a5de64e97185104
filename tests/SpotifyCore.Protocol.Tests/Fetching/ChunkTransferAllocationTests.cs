using System.Runtime.CompilerServices;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Fetching;

/// <summary>A chunk that is served from memory and received costs no managed allocation, end to end.</summary>
[Collection(AloneCollection.Name)]
public sealed class ChunkTransferAllocationTests
{
    private const int Rounds = 3_000;
    private static readonly TestFile File = TestFile.Create(3, Manifest.ChunkSize * 32);

    [Theory]
    [InlineData(1, 16)]
    [InlineData(8, 16)]
    [InlineData(4, 4)]
    public async Task ReadAsync_OverTcp_AllocatesNothing(uint chunks, int frameKilobytes)
    {
        var options = new ChunkServerOptions { ChunkFrameBytes = frameKilobytes * 1024 };
        await using var server = await ServerFixture.TcpAsync(new FileShelf().With(File).Backend, options);
        await using var client = await server.ConnectAsync();

        await AssertNoneAsync(client, chunks);
    }

    [Fact]
    public async Task ReadAsync_OverTls_AllocatesNothing()
    {
        using var identity = NodeIdentity.Create();
        await using var server = await ServerFixture.StartAsync(
            new TlsTransport(identity, PatientTransport.Options),
            new FileShelf().With(File).Backend,
            new AccessGate(null),
            identity.Id);
        await using var client = await server.ConnectAsync();

        await AssertNoneAsync(client, 2);
    }

    [Fact]
    public async Task ReadAsync_InMemory_AllocatesNothing()
    {
        await using var server = await ServerFixture.StartAsync(
            new MemoryTransport(new MemoryNetwork()), new FileShelf().With(File).Backend, new AccessGate(null), null);
        await using var client = await server.ConnectAsync();

        await AssertNoneAsync(client, 2);
    }

    [Fact]
    public async Task ReadAsync_SixteenInFlight_AllocatesNothing()
    {
        await using var server = await ServerFixture.TcpAsync(new FileShelf().With(File).Backend);
        await using var client = await server.ConnectAsync();
        var buffers = Enumerable.Range(0, 16).Select(_ => new byte[Manifest.ChunkSize]).ToArray();
        var reads = new ValueTask<ChunkReadResult>[16];

        // Off the test framework's context, whose every continuation allocates.
        await Task.Run(() => AllocationAssert.NoneAcrossThreadsAsync(ReadAsync, Rounds / reads.Length, reads.Length));

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        async ValueTask ReadAsync()
        {
            for (uint i = 0; i < reads.Length; i++)
            {
                var request = new ChunkRequest(File.Id, i, 1, RequestPriority.Playing, Instant.Never);
                reads[i] = client.ReadAsync(request, buffers[i]);
            }

            foreach (var read in reads)
                Expect(1, await read);
        }
    }

    private static async Task AssertNoneAsync(ChunkClient client, uint chunks)
    {
        var buffer = new byte[chunks * Manifest.ChunkSize];
        using var cancellation = new CancellationTokenSource();

        // Off the test framework's context, whose every continuation allocates.
        await Task.Run(() => AllocationAssert.NoneAcrossThreadsAsync(ReadAsync, Rounds / (int)chunks, (int)chunks));

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        async ValueTask ReadAsync()
        {
            var deadline = TimeProvider.System.GetInstant() + TimeSpan.FromMinutes(1);
            var request = new ChunkRequest(File.Id, 3, chunks, RequestPriority.Playing, deadline);
            var result = await client.ReadAsync(request, File.Manifest, buffer, cancellation.Token);
            Expect(chunks, result);
        }
    }

    // The framework's own assertions allocate.
    private static void Expect(uint chunks, in ChunkReadResult result)
    {
        if (result.Length != chunks * Manifest.ChunkSize)
            Assert.Fail($"{result}");
    }
}
