using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>
/// Gets of 16 KiB from a storage node, from memcached and from the bare server, plain, over one connection and over 16,
/// with 16 in flight on each.
/// </summary>
internal sealed class GetSuite : ISuite
{
    private const int Depth = 16;
    private static readonly int[] Connections = [1, 16];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. Connections.Select(NameOf)];

    /// <inheritdoc/>
    public async Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
    {
        var file = ServedFile.In(session.Plan.Work);
        var load = new LoadGenerator(session.Plan, file);
        await using var node = await StorageNodeServer.StartAsync(
            session.Plan.PathOf("node-get"), file, keyFile: null, cancellationToken);
        await using var memcached = await MemcachedServer.StartAsync(cancellationToken);
        await using var bare = await BareServer.StartAsync(file, tls: null, cancellationToken);
        await load.FillAsync(memcached.Target, cancellationToken);
        await load.CheckAsync(memcached.Target, cancellationToken);
        await load.CheckAsync(bare.Target, cancellationToken);
        await load.CheckAsync(node.Target, cancellationToken);
        foreach (var connections in Connections)
        {
            Subject Under(string name, ILoadServer server) => new(name, async cancelled =>
                [(await load.MeasureAsync(server.Target, connections, Depth, cancelled)).Rate])
            {
                Process = server.Target.Process,
                GeneratorShare = () => load.LastShare,
            };

            await session.CompareAsync(
                new Trial(new Measure(NameOf(connections), "chunks/s"))
                {
                    Ours = Under("storage node", node),
                    References = [Under(References.Memcached, memcached), Under(References.BareServer, bare)],
                },
                cancellationToken);
        }
    }

    private static string NameOf(int connections) => $"get-16k-{connections}";
}
