using Microsoft.Extensions.Hosting;
using SpotifyCore.Hosting.Running;
using SpotifyCore.Node.Composition;

const string Name = "spotifycore-master";

return await EngineHost.RunAsync(Name, async () =>
{
    if (args is ["id", .. var rest])
        return NodeIdentityFile.Print(rest);

    var builder = Host.CreateApplicationBuilder();
    var options = builder.UseStrictOptions(args);
    builder
        .AddNode(options)
        .AddNodeVault(options)
        .AddMasterTiers()
        .AddPeerListener(options);

    using var host = builder.Build();
    return await host.RunToEndAsync(Name, host.NodeAddress);
});
