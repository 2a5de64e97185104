using SpotifyCore.Codec.Opus;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>Imported means stored at every owner, and incomplete at one at least.</summary>
public sealed class OwnerDownTests(ClusterFixture cluster, TestMusic music)
    : IClassFixture<ClusterFixture>, IClassFixture<TestMusic>
{
    [Fact]
    public async Task Import_AnOwnerOutOfReach_IsIncompleteAndRestoredWhenItIsBack()
    {
        // Of each file two of three masters are owners: that none of twelve files is the third's is one in 500,000.
        SourceFile[] sources = [.. Enumerable.Range(0, 4).Select(i => music.Make($"patient {i}.wav", 0.5 + (i * 0.1)))];
        var away = cluster.Masters[2];
        await away.StopAsync();
        var incomplete = await ImportAsync(sources);
        await away.StartAsync(cluster.Url);

        Assert.All(incomplete, result => Assert.NotEqual(ImportStatus.Failed, result.Status));
        Assert.Contains(incomplete, result => result.Status == ImportStatus.Incomplete);
        Assert.All(
            incomplete,
            result => Assert.Equal(result.Status == ImportStatus.Incomplete, result.Missing.Count > 0));
        Assert.All(incomplete.SelectMany(result => result.Missing), copy => Assert.Equal(away.Address, copy.Master));

        // These masters don't repair themselves: the import does.
        Assert.Equal(
            incomplete.Select(result => result.Status == ImportStatus.Incomplete
                ? ImportStatus.Restored
                : ImportStatus.Known),
            (await ImportAsync(sources)).Select(result => result.Status));
        Assert.All(await ImportAsync(sources), result => Assert.Equal(ImportStatus.Known, result.Status));
    }

    [Fact]
    public async Task Import_NoOwnerInReach_FailsAndSucceedsWhenTheyAreBack()
    {
        var source = music.Make("nobody there.wav", 0.4);
        foreach (var master in cluster.Masters)
            await master.StopAsync();

        // The same run goes on with it at once, though they were away a moment ago.
        var results = await ImportAsync([source, source], async failed =>
        {
            if (failed.Status != ImportStatus.Failed)
                return;

            Assert.Contains("did not take a file", failed.Problems[0], StringComparison.Ordinal);
            foreach (var master in cluster.Masters)
                await master.StartAsync(cluster.Url);
        });

        // A file of which one owner was away a moment ago and the other was not asked then may lack the one's copy.
        Assert.Equal(ImportStatus.Failed, results[0].Status);
        Assert.True(results[1].Status is ImportStatus.Imported or ImportStatus.Incomplete, $"{results[1].Status}");
        Assert.Equal(
            results[1].Status == ImportStatus.Imported ? ImportStatus.Known : ImportStatus.Restored,
            Assert.Single(await ImportAsync(source)).Status);
    }

    private Task<List<ImportResult>> ImportAsync(params SourceFile[] sources) =>
        ImportAsync(sources, static _ => Task.CompletedTask);

    private async Task<List<ImportResult>> ImportAsync(SourceFile[] sources, Func<ImportResult, Task> ended)
    {
        using var identity = NodeIdentity.Create();
        await using var librarian = await LibrarianClient.LogInAsync(
            cluster.AddressFor(ClusterFixture.Name), identity, TimeProvider.System, default);
        await using var store = new MasterStore(
            new TlsTransport(identity, new TransportOptions(), TimeProvider.System),
            await librarian.GetMastersAsync(default),
            librarian.GetTicketAsync,
            TimeProvider.System);
        using var scratch = new Scratch();
        using var cores = new SemaphoreSlim(2);
        var encoder = new TrackEncoder(OpusCodecs.Select(OpusCodecChoice.Auto), scratch);
        var import = new TrackImport(librarian, store, encoder, scratch, cores);
        var results = new List<ImportResult>();
        foreach (var source in sources)
        {
            results.Add(await import.RunAsync(new(source), default));
            await ended(results[^1]);
        }

        return results;
    }
}
