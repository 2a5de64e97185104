using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Channels;

/// <summary>Reads what a response says beside its messages.</summary>
internal static class RpcResponseHead
{
    /// <summary>The headers' metadata.</summary>
    /// <exception cref="RpcException">The response is not gRPC's.</exception>
    public static RpcMetadata ReadHeaders(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var type = response.Content.Headers.ContentType?.MediaType;
        var isGrpc = type?.StartsWith(GrpcHeaders.ContentType, StringComparison.OrdinalIgnoreCase) == true;
        if (status != 200 && !response.Headers.Contains(GrpcHeaders.Status))
            throw new RpcException(GrpcMapping.FromHttpStatus(status), $"The server answered HTTP status {status}.");
        if (status == 200 && !isGrpc)
            throw new RpcException(RpcStatusCode.Unknown, $"The server answered '{type}', which is not gRPC.");

        var metadata = new RpcMetadata();
        foreach (var (name, values) in response.Headers.NonValidated)
            Read(metadata, name, values);
        foreach (var (name, values) in response.Content.Headers.NonValidated)
            Read(metadata, name, values);

        return metadata;
    }

    /// <summary>The trailers' metadata, once the body has been read to its end.</summary>
    /// <exception cref="RpcException">They say another status than OK, or none.</exception>
    public static RpcMetadata ReadTrailers(HttpResponseMessage response)
    {
        // A response without messages has its trailers among the headers.
        var alone = response.Headers.Contains(GrpcHeaders.Status);
        var source = alone ? response.Headers : response.TrailingHeaders;
        var metadata = new RpcMetadata();
        string? status = null;
        var detail = "";
        foreach (var (name, values) in source.NonValidated)
        {
            if (name.Equals(GrpcHeaders.Status, StringComparison.OrdinalIgnoreCase))
                status = values.ToString();
            else if (name.Equals(GrpcHeaders.Message, StringComparison.OrdinalIgnoreCase))
                detail = GrpcMessageText.Decode(values.ToString());
            else
                Read(metadata, name, values);
        }

        if (status is null)
            throw new RpcException(RpcStatusCode.Internal, "The response ended without a status.", metadata);

        return status == "0" ? metadata : throw new RpcException(GrpcMapping.FromText(status), detail, metadata);
    }

    private static void Read(RpcMetadata metadata, string name, System.Net.Http.Headers.HeaderStringValues values)
    {
        foreach (var value in values)
            MetadataText.Read(metadata, name, value);
    }
}
