using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

public sealed class ChunkServerPutTests : IAsyncLifetime
{
    private static readonly TestFile File = TestFile.Create(9, (Manifest.ChunkSize * 3) + 100);
    private readonly FileShelf _shelf = new();
    private ServerFixture _server = null!;

    public async Task InitializeAsync() =>
        _server = await ServerFixture.TcpAsync(_shelf.Backend, new ChunkServerOptions { MaxPuts = 2 });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Put_InPiecesAndAnyOrder_IsTaken()
    {
        await using var peer = await BeginAsync();
        foreach (var index in new uint[] { 3, 0, 2, 1 })
        {
            var bytes = File.Bytes(index).ToArray();
            var half = bytes.Length / 2;
            await peer.SendAsync(PeerMessage.PutChunk(1, index, 0, (uint)bytes.Length, half), bytes[..half]);
            await peer.SendAsync(
                PeerMessage.PutChunk(1, index, (uint)half, (uint)bytes.Length, bytes.Length - half), bytes[half..]);
        }

        await peer.SendAsync(PeerMessage.PutCommit(1));

        Assert.Equal(PeerMessage.PutCommitted(1), await peer.ReceiveAsync());
        Assert.True(File.Bytes(2).Span.SequenceEqual(_shelf.Taken(File.Chunk(2))));
        Assert.Equal(1, _server.Server.Usage.Puts);
    }

    [Fact]
    public async Task Put_AlteredChunk_IsBadContentAndLeavesNothing()
    {
        await using var peer = await BeginAsync();
        var bytes = File.Bytes(0).ToArray();
        bytes[9]++;
        await peer.SendAsync(PeerMessage.PutChunk(1, 0, 0, (uint)bytes.Length, bytes.Length), bytes);
        await peer.SendAsync(PeerMessage.PutChunk(1, 1, 0, (uint)bytes.Length, bytes.Length), bytes);
        await peer.SendAsync(PeerMessage.PutCommit(1));

        await ExpectErrorAsync(peer, ProtocolCode.BadContent);
        await peer.SendAsync(PeerMessage.Ping(5));
        Assert.Equal(PeerMessage.Pong(5), await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Put_CommittedTooEarly_IsIncomplete()
    {
        await using var peer = await BeginAsync();
        var bytes = File.Bytes(0).ToArray();
        await peer.SendAsync(PeerMessage.PutChunk(1, 0, 0, (uint)bytes.Length, bytes.Length), bytes);
        await peer.SendAsync(PeerMessage.PutCommit(1));

        await ExpectErrorAsync(peer, ProtocolCode.Incomplete);
        Assert.Null(_shelf.Taken(File.Chunk(0)));
    }

    [Fact]
    public async Task Put_ManifestOfAnotherFile_IsBadContent()
    {
        await using var peer = await RawPeer.GreetAsync(_server);
        var manifest = File.Manifest.Bytes.ToArray();
        manifest[^1]++;
        await peer.SendAsync(PeerMessage.PutBegin(1, File.Id, 0, (uint)manifest.Length, manifest.Length), manifest);

        await ExpectErrorAsync(peer, ProtocolCode.BadContent);
    }

    [Fact]
    public async Task Put_Cancelled_EndsAndCanBeginAgain()
    {
        await using var peer = await BeginAsync();
        await peer.SendAsync(PeerMessage.Cancel(1));
        await ExpectErrorAsync(peer, ProtocolCode.Cancelled);

        await SendBeginAsync(peer, 2);
        Assert.Equal(PeerMessage.PutReady(2, PutState.SendChunks), await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Put_MoreAtOnceThanAllowed_IsTooBusy()
    {
        await using var peer = await BeginAsync();
        await SendBeginAsync(peer, 2);
        Assert.Equal(PeerMessageKind.PutReady, (await peer.ReceiveAsync())!.Value.Kind);
        await SendBeginAsync(peer, 3);

        var refused = (await peer.ReceiveAsync())!.Value;
        Assert.Equal((3u, ProtocolCode.TooBusy), (refused.Request, refused.Code));
    }

    [Fact]
    public async Task Put_WhereNoneAreTaken_IsRefused()
    {
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(_shelf, _shelf));
        await using var client = await server.ConnectAsync();

        Assert.Equal(PutOutcome.Refused, await client.PutAsync(File.Manifest, new FileReader(File)));
    }

    [Fact]
    public async Task PutAsync_ManyAtOnceOverOneConnection_AllAreStored()
    {
        await using var server = await ServerFixture.TcpAsync(_shelf.Backend, new ChunkServerOptions { MaxPuts = 8 });
        await using var client = await server.ConnectAsync();
        var files = Enumerable.Range(20, 8).Select(seed => TestFile.Create(seed, 500_000 + seed)).ToArray();

        var outcomes = await Task.WhenAll(
            files.Select(file => Task.Run(() => client.PutAsync(file.Manifest, new FileReader(file)).AsTask())));

        Assert.All(outcomes, outcome => Assert.Equal(PutOutcome.Stored, outcome));
        foreach (var file in files)
            Assert.True(file.Bytes(30).Span.SequenceEqual(_shelf.Taken(file.Chunk(30))));
    }

    [Fact]
    public async Task PutAsync_LargeManifest_IsStored()
    {
        await using var client = await _server.ConnectAsync();
        var file = TestFile.Create(40, 12 << 20);
        Assert.True(file.Manifest.Bytes.Length > Manifest.ChunkSize);

        Assert.Equal(PutOutcome.Stored, await client.PutAsync(file.Manifest, new FileReader(file)));
        Assert.Equal(file.Id, (await client.FindManifestAsync(file.Id))!.File);
    }

    [Fact]
    public async Task PutAsync_ReaderFails_ThrowsAndFreesThePut()
    {
        await using var client = await _server.ConnectAsync();
        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<InvalidDataException>(
                () => client.PutAsync(File.Manifest, new FailingReader()).AsTask());
        }

        Assert.Equal(PutOutcome.Stored, await client.PutAsync(File.Manifest, new FileReader(File)));
    }

    private async Task<RawPeer> BeginAsync()
    {
        var peer = await RawPeer.GreetAsync(_server, PeerRole.Import);
        await SendBeginAsync(peer, 1);
        Assert.Equal(PeerMessage.PutReady(1, PutState.SendChunks), await peer.ReceiveAsync());
        return peer;
    }

    private static Task SendBeginAsync(RawPeer peer, uint id)
    {
        var manifest = File.Manifest.Bytes.ToArray();
        return peer.SendAsync(PeerMessage.PutBegin(id, File.Id, 0, (uint)manifest.Length, manifest.Length), manifest);
    }

    private static async Task ExpectErrorAsync(RawPeer peer, ProtocolCode code)
    {
        var message = (await peer.ReceiveAsync())!.Value;
        Assert.Equal((PeerMessageKind.Error, 1u, code), (message.Kind, message.Request, message.Code));
    }

    private sealed class FailingReader : IChunkReader
    {
        public ValueTask ReadAsync(
            uint index, Memory<byte> destination, CancellationToken cancellationToken = default) =>
            throw new InvalidDataException("gone");
    }
}
