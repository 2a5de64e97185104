using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Client.PortMapping;

/// <summary>A router that speaks NAT-PMP (RFC 6886): small datagrams, each asked again a few times.</summary>
/// <param name="router">Where it listens: port 5351 of the default gateway.</param>
/// <param name="localAddress">This host's address.</param>
/// <param name="patience">How long an answer may take in all.</param>
/// <param name="time">The clock.</param>
internal sealed class NatPmpGateway(IPEndPoint router, IPAddress localAddress, TimeSpan patience, TimeProvider time)
    : IPortGateway
{
    /// <summary>Where routers listen.</summary>
    public const int Port = 5351;

    private const byte ExternalAddress = 0;
    private const byte MapTcp = 2;
    private const int Answer = 128;
    private const int AddressSize = 12;
    private const int MappingSize = 16;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public string Name => $"The NAT-PMP router {router.Address}";

    /// <inheritdoc/>
    public IPAddress LocalAddress => localAddress;

    /// <inheritdoc/>
    public async Task<IPAddress> FindExternalAddressAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync([0, ExternalAddress], AddressSize, cancellationToken);
        return new IPAddress(answer.AsSpan(8, 4));
    }

    /// <inheritdoc/>
    public async Task<PortLease> MapAsync(
        int localPort, int externalPort, TimeSpan lease, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            Request(localPort, externalPort, (uint)lease.TotalSeconds), MappingSize, cancellationToken);
        if (BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(8)) != localPort)
            throw new IOException("It answers about another port.");

        var port = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(10));
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(12));
        return port > 0 && seconds > 0
            ? new PortLease(port, TimeSpan.FromSeconds(seconds))
            : throw new IOException("It gives no port.");
    }

    /// <inheritdoc/>
    public Task UnmapAsync(int localPort, int externalPort, CancellationToken cancellationToken) =>
        AskAsync(Request(localPort, externalPort: 0, seconds: 0), MappingSize, cancellationToken);

    // Version, opcode, 2 reserved, local port, external port, lifetime in seconds; big-endian.
    private static byte[] Request(int localPort, int externalPort, uint seconds)
    {
        var request = new byte[12];
        request[1] = MapTcp;
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(4), (ushort)localPort);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(6), (ushort)externalPort);
        BinaryPrimitives.WriteUInt32BigEndian(request.AsSpan(8), seconds);
        return request;
    }

    private async Task<byte[]> AskAsync(byte[] request, int answerSize, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(localAddress, 0));
            await socket.ConnectAsync(router, either.Token);
            for (var wait = FirstWait; ; wait *= 2)
            {
                await socket.SendAsync(request, either.Token);
                if (await ReceiveAsync(socket, request[1], answerSize, wait, either.Token) is { } answer)
                    return answer;
            }
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("It does not answer in time.", late);
        }
        catch (SocketException unreachable)
        {
            throw new IOException(unreachable.Message, unreachable);
        }
    }

    /// <summary>The answer; null when it is worth asking again.</summary>
    private async Task<byte[]?> ReceiveAsync(
        Socket socket, byte opcode, int answerSize, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var buffer = new byte[64];
        try
        {
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, either.Token);
                if (length < 4 || buffer[0] != 0 || buffer[1] != Answer + opcode)
                    continue;

                var result = BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2));
                if (result != 0)
                    throw new IOException($"It refuses, with result {result}.");
                if (length >= answerSize)
                    return buffer;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
