using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>The servers that are asked over one kind of channel, ours first.</summary>
internal sealed class ServingServers : IAsyncDisposable
{
    private readonly List<NamedServer> _all = [];

    /// <summary>All, each checked to give the right bytes.</summary>
    public IReadOnlyList<NamedServer> All => _all;

    /// <summary>Starts those that speak plain TCP, or TLS, and checks them.</summary>
    public static async Task<ServingServers> StartAsync(
        MeasuringPlan plan, ServedFile file, bool isTls, CancellationToken cancellationToken)
    {
        var servers = new ServingServers();
        try
        {
            await servers.StartAllAsync(plan, file, isTls, cancellationToken);
            var load = new LoadGenerator(plan, file);
            foreach (var one in servers.All)
                await load.CheckAsync(one.Server.Target, cancellationToken);

            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all)
            await one.Server.DisposeAsync();
    }

    private async Task StartAllAsync(
        MeasuringPlan plan, ServedFile file, bool isTls, CancellationToken cancellationToken)
    {
        var channel = isTls ? "tls" : "plain";
        var keyFile = isTls ? plan.PathOf("load.pem") : null;
        Add("storage node", await StorageNodeServer.StartAsync(
            plan.PathOf($"node-{channel}"), file, keyFile, cancellationToken));
        var tls = keyFile is null ? null : ServerTls.In(plan.PathOf("references"), keyFile);
        var nginx = new NginxSetup(plan.PathOf($"nginx-{channel}"), tls);
        Add(References.Nginx, await NginxServer.StartAsync(nginx, file, cancellationToken));
        if (!plan.IsQuick)
        {
            nginx = new NginxSetup(plan.PathOf($"nginx-open-{channel}"), tls, KeepsFilesOpen: true);
            Add(References.NginxOpenFiles, await NginxServer.StartAsync(nginx, file, cancellationToken));
        }

        Add(References.BareServer, await BareServer.StartAsync(file, tls, cancellationToken));
    }

    private void Add(string name, ILoadServer server) => _all.Add(new NamedServer(name, server));
}
