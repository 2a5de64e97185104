using System.Net;
using Google.Protobuf;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Channels;

/// <summary>A body of one message.</summary>
internal sealed class RpcSingleContent(IMessage message, int length) : RpcRequestContent
{
    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        MessageWriter.WriteAsync(stream, message, length, cancellationToken).AsTask();
}
