using System.Buffers.Binary;
using System.Net.Sockets;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>
/// A socket's stream whose first write, a TLS record, leaves as records with so many bytes of the message each, byte by
/// byte.
/// </summary>
internal sealed class FragmentingStream(Socket socket, int bytesPerRecord) : NetworkStream(socket, ownsSocket: true)
{
    private const int HeaderBytes = 5;
    private bool _isFragmented;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isFragmented)
        {
            await base.WriteAsync(buffer, cancellationToken);
            return;
        }

        _isFragmented = true;
        var header = buffer[..HeaderBytes].ToArray();
        foreach (var piece in buffer[HeaderBytes..].ToArray().Chunk(bytesPerRecord))
        {
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(3), (ushort)piece.Length);
            foreach (var one in header.Concat(piece))
                await base.WriteAsync(new[] { one }, cancellationToken);
        }
    }
}
