using System.Net;
using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>One end of a connection within a process: a bounded pipe each way.</summary>
internal sealed class MemoryConnection(
    MemoryPipe incoming, MemoryPipe outgoing, EndPoint remoteEndPoint, PeerId? remoteId)
    : IConnection
{
    public PeerId? RemoteId => remoteId;

    public EndPoint RemoteEndPoint => remoteEndPoint;

    public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default) =>
        incoming.ReadAsync(destination, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        while (source.Length > 0)
            source = source[await outgoing.WriteSomeAsync(source, cancellationToken)..];
    }

    public void EndSending() => outgoing.CloseWriter();

    public ValueTask DisposeAsync()
    {
        incoming.CloseReader();
        outgoing.CloseWriter();
        return ValueTask.CompletedTask;
    }
}
