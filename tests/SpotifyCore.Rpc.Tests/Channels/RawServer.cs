using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace SpotifyCore.Rpc.Tests.Channels;

/// <summary>An HTTP/2 server that answers every request as a test says, gRPC or not.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private RawServer(WebApplication web) => _web = web;

    public string Address => _web.Urls.Single();

    public static async Task<RawServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        var web = builder.Build();
        web.Run(context => answer(context));
        await web.StartAsync();
        return new RawServer(web);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
