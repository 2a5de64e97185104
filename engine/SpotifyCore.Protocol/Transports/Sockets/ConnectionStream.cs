namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>A connection as a stream for TLS, which first gives what was already received of it.</summary>
/// <param name="connection">What carries the bytes; the stream's from now on.</param>
/// <param name="received">What was received; the stream's from now on.</param>
internal sealed class ConnectionStream(IConnection connection, ReadOnlyMemory<byte> received) : Stream
{
    private ReadOnlyMemory<byte> _received = received;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _received.IsEmpty
            ? connection.ReceiveAsync(buffer, cancellationToken)
            : ValueTask.FromResult(TakeReceived(buffer.Span));

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.SendAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
        // Every write is sent at once.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => connection.DisposeAsync();

    private int TakeReceived(Span<byte> destination)
    {
        var length = Math.Min(_received.Length, destination.Length);
        _received.Span[..length].CopyTo(destination);

        // The last of it lets go of the memory: the stream outlives the handshake.
        _received = length == _received.Length ? default : _received[length..];
        return length;
    }
}
