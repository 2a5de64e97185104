using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>Does the accepting side's TLS handshakes, as many at once as the admission lets in.</summary>
internal sealed class TlsChannelSetup(
    Func<SslServerAuthenticationOptions> tls, TransportOptions options, TimeProvider time) : IChannelSetup
{
    private const int FirstBuffer = 1024;
    private readonly HandshakeAdmission _admission = new(options, time);

    public async ValueTask<IConnection?> SetUpAsync(IConnection accepted)
    {
        var address = (accepted.RemoteEndPoint as IPEndPoint)?.Address;
        using var pending = new PendingHandshake(address, options.FirstByteTimeout, time);
        try
        {
            if (!_admission.TryArrive(pending)
                || await ReadHelloAsync(accepted, pending) is not { } hello
                || !_admission.TryAdmit(pending)
                || !await pending.WaitForTurnAsync())
                return null;

            pending.Allow(options.HandshakeTimeout);
            return await ShakeHandsAsync(accepted, hello, pending.Ending);
        }
        finally
        {
            _admission.Leave(pending);
        }
    }

    public void Dispose() => _admission.Dispose();

    /// <summary>What was received, once a whole ClientHello is; null when it never will be.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> ReadHelloAsync(IConnection accepted, PendingHandshake pending)
    {
        // Who says nothing holds no buffer.
        await accepted.ReceiveAsync(Memory<byte>.Empty, pending.Ending);
        _admission.Heard(pending);
        pending.Allow(options.HandshakeTimeout);

        var buffer = new byte[FirstBuffer];
        for (var length = 0; length < ClientHelloReader.MostBytes;)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, 2 * length);

            var read = await accepted.ReceiveAsync(buffer.AsMemory(length), pending.Ending);
            length += read;
            var verdict = ClientHelloReader.Judge(buffer.AsSpan(0, length));
            if (verdict == ClientHelloVerdict.Whole)
                return buffer.AsMemory(0, ClientHelloReader.Join(buffer.AsSpan(0, length)));
            if (read == 0 || verdict == ClientHelloVerdict.Wrong)
                return null;
        }

        return null;
    }

    private async ValueTask<IConnection?> ShakeHandsAsync(
        IConnection accepted, ReadOnlyMemory<byte> hello, CancellationToken ending)
    {
        var stream = new SslStream(new ConnectionStream(accepted, hello));
        try
        {
            await stream.AuthenticateAsServerAsync(tls(), ending);
            if (stream.RemoteCertificate is X509Certificate2 certificate)
                return new TlsConnection(stream, accepted, PinnedKey.IdOf(certificate));
        }
        catch (Exception failed)
        {
            await stream.DisposeAsync();

            // What the framework says of a server's name that is none.
            if (failed is ArgumentException)
                throw new IOException("The TLS handshake is malformed.", failed);

            throw;
        }

        await stream.DisposeAsync();
        return null;
    }
}
