using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using SpotifyCore.SideBySide.Serving;
using SpotifyCore.Testing;

namespace SpotifyCore.SideBySide.Tests.Native;

public sealed class BareServerTests
{
    private const int ChunkBytes = 16_384;
    private const int HeaderBytes = 10;
    private const int RequestBytes = HeaderBytes + 28;
    private const int ChunksARequest = 255;
    private const int Requests = 16;
    private const ushort Ping = 5;
    private const ushort Pong = 6;
    private const ushort ChunkRequest = 14;
    private const ushort ChunkData = 15;

    /// <summary>An answer that has no chunk goes behind the chunks before it, not into the one that is half sent.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ping_WhileTheLineIsFull_IsAnsweredBehindTheChunks(bool isTls)
    {
        using var directory = new TempDirectory();
        var program = await NativeProgram.BuildAsync(directory.Path, "server", "-lssl", "-lcrypto");
        var data = directory["data"];
        using (var file = File.Create(data))
            file.SetLength(ChunksARequest * ChunkBytes);

        var tls = ServerTls.In(directory.Path, askerKey: "");
        string[] keys = isTls ? [tls.Key, tls.Certificate] : [];
        using var server = NativeProgram.Start([program, data, .. keys]);
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var port = int.Parse((await server.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            await using var stream = await ConnectAsync(port, isTls);
            await stream.WriteAsync(ManyRequests(), patience.Token);

            // More than any buffer takes has been asked for: once a part of it is here, the rest waits for room.
            var kinds = new List<ushort> { await ReadFrameAsync(stream, patience.Token) };
            await stream.WriteAsync(Header(0, Ping, request: 77), patience.Token);
            while (kinds[^1] == ChunkData)
                kinds.Add(await ReadFrameAsync(stream, patience.Token));

            Assert.Equal(Pong, kinds[^1]);
            Assert.Equal((Requests * ChunksARequest) + 1, kinds.Count);
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<Stream> ConnectAsync(int port, bool isTls)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!isTls)
            return plain;

        var stream = new SslStream(plain, leaveInnerStreamOpen: false);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "bare", RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });
        return stream;
    }

    private static byte[] ManyRequests()
    {
        var frames = new byte[Requests * RequestBytes];
        for (var i = 0; i < Requests; i++)
        {
            var frame = frames.AsSpan(i * RequestBytes, RequestBytes);
            Header(RequestBytes - HeaderBytes, ChunkRequest, (uint)i + 1).CopyTo(frame);
            BinaryPrimitives.WriteUInt16LittleEndian(frame[(HeaderBytes + 20)..], ChunksARequest);
        }

        return frames;
    }

    private static byte[] Header(int payload, ushort kind, uint request)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, payload);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), kind);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(6), request);
        return header;
    }

    private static async Task<ushort> ReadFrameAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        Assert.InRange(length, 0, ChunkBytes + 64);
        await stream.ReadExactlyAsync(new byte[length], cancellationToken);
        return BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(4));
    }
}
