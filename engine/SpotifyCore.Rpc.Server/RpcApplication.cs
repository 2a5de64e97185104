using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Rpc.Server;

/// <summary>Takes requests from Kestrel as they are, without a pipeline, and hands gRPC's to the dispatcher.</summary>
internal sealed class RpcApplication(RpcDispatcher dispatcher, CancellationToken stopping)
    : IHttpApplication<IFeatureCollection>
{
    private const string ContentType = "application/grpc";
    private const int MethodNotAllowed = 405;
    private const int UnsupportedMediaType = 415;

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        if (request.Method != "POST")
        {
            response.StatusCode = MethodNotAllowed;
            return Task.CompletedTask;
        }

        if (!IsGrpc(request.Headers.ContentType.ToString()))
        {
            response.StatusCode = UnsupportedMediaType;
            return Task.CompletedTask;
        }

        response.Headers.ContentType = ContentType;
        return dispatcher.RunAsync(KestrelExchange.Create(context, stopping));
    }

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    // "application/grpc", alone or with "+proto" or a parameter; not "application/grpc-web".
    private static bool IsGrpc(string type) =>
        type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) &&
        (type.Length == ContentType.Length || type[ContentType.Length] is ';' or '+');
}
