using System.Net.Sockets;

namespace SpotifyCore.Protocol.Transports;

/// <summary>A socket's stream that first gives what was already read from it.</summary>
/// <param name="socket">The socket; the stream's from now on.</param>
/// <param name="read">What was read; the stream's from now on.</param>
internal sealed class HelloStream(Socket socket, ReadOnlyMemory<byte> read) : NetworkStream(socket, ownsSocket: true)
{
    private ReadOnlyMemory<byte> _read = read;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _read.IsEmpty ? base.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(TakeRead(buffer.Span));

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => _read.IsEmpty ? base.Read(buffer) : TakeRead(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    private int TakeRead(Span<byte> destination)
    {
        var length = Math.Min(_read.Length, destination.Length);
        _read.Span[..length].CopyTo(destination);

        // The last of it lets go of the memory: the stream outlives the handshake.
        _read = length == _read.Length ? default : _read[length..];
        return length;
    }
}
