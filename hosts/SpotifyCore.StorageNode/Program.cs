using Microsoft.Extensions.Hosting;
using SpotifyCore.Hosting.Running;
using SpotifyCore.Node.Composition;

const string Name = "spotifycore-storage";

return await EngineHost.RunAsync(Name, async () =>
{
    if (args is ["id", .. var rest])
        return NodeIdentityFile.Print(rest);

    var builder = Host.CreateApplicationBuilder();
    var options = builder.UseStrictOptions(args);
    builder
        .AddNode(options)
        .AddNodeCache(options)
        .AddStorageTiers(options)
        .AddPeerListener(options);

    using var host = builder.Build();
    return await host.RunToEndAsync(Name, host.NodeAddress);
});
