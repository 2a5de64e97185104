using System.Net;
using System.Net.Http.Headers;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Channels;

/// <summary>A request's body whose length is not known, typed as gRPC's.</summary>
internal abstract class RpcRequestContent : HttpContent
{
    protected RpcRequestContent() => Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected abstract override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken);

    protected sealed override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
