using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;

namespace SpotifyCore.Protocol.Tests.Messages;

/// <summary>Speaks the specification's examples, byte by byte, over a plain socket.</summary>
public sealed class WireExampleTests
{
    [Fact]
    public async Task Serve_ExamplesOfTheSpecification_AnswersAsWritten()
    {
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(new HelloFile(), new HelloFile()));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var spoken = 0;
        foreach (var line in await ExamplesAsync())
        {
            var bytes = Convert.FromHexString(line[1..].Replace(" ", "", StringComparison.Ordinal));
            if (line[0] == '>')
                await socket.SendAsync(bytes, deadline.Token);
            else
                Assert.Equal(Convert.ToHexString(bytes), await ReceiveAsync(socket, bytes.Length, deadline.Token));

            spoken++;
        }

        Assert.Equal(13, spoken);
    }

    private static async Task<string[]> ExamplesAsync([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
        var lines = await File.ReadAllLinesAsync(Path.Combine(root, "engine/SpotifyCore.Protocol/README.md"));
        return [.. lines.Select(line => line.Trim()).Where(line => line.Length > 20 && line[0] is '>' or '<')];
    }

    private static async Task<string> ReceiveAsync(Socket socket, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        for (var got = 0; got < length;)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(got), cancellationToken);
            Assert.NotEqual(0, read);
            got += read;
        }

        return Convert.ToHexString(bytes);
    }

    private sealed class HelloFile : IChunkSource, IManifestSource
    {
        public ValueTask<ChunkReadResult> ReadAsync(
            in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            if (request.First > 0)
                return ValueTask.FromResult(ChunkReadResult.NotFound);

            return ValueTask.FromResult(
                ChunkReadResult.Found(Encoding.ASCII.GetBytes("hello", destination.Span), Tier.Production));
        }

        public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<Manifest?>(null);
    }
}
