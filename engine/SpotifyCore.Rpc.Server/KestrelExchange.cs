using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Rpc.Server;

/// <summary>A request of Kestrel's, seen through its features.</summary>
internal sealed class KestrelExchange : RpcExchange
{
    private readonly IFeatureCollection _features;
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _body;

    private KestrelExchange(IFeatureCollection features, IHttpResponseFeature response, IHttpResponseBodyFeature body)
    {
        _features = features;
        _response = response;
        _body = body;
    }

    public static KestrelExchange Create(IFeatureCollection features, CancellationToken stopping)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var body = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        return new KestrelExchange(features, features.GetRequiredFeature<IHttpResponseFeature>(), body)
        {
            Path = request.Path,
            RequestHeaders = Flatten(request.Headers),
            Input = features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader,
            Output = body.Writer,
            RemoteEndPoint = EndPointOf(features.Get<IHttpConnectionFeature>()),
            Aborted = features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted,
            Stopping = stopping,
        };
    }

    public override void AddHeader(string name, string value) => _response.Headers.Append(name, value);

    public override void AddTrailer(string name, string value) =>
        _features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers.Append(name, value);

    public override Task StartAsync() => _body.StartAsync();

    public override Task CompleteAsync() => _body.CompleteAsync();

    public override void ExpectPauses()
    {
        if (_features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
                yield return new KeyValuePair<string, string>(name, value ?? "");
        }
    }

    private static IPEndPoint? EndPointOf(IHttpConnectionFeature? connection) =>
        connection?.RemoteIpAddress is { } address ? new IPEndPoint(address, connection.RemotePort) : null;
}
