using SpotifyCore.Codec.Opus;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Running;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>Stored means stored at every owner.</summary>
public sealed class OwnerDownTests(ClusterFixture cluster, TestMusic music)
    : IClassFixture<ClusterFixture>, IClassFixture<TestMusic>
{
    [Fact]
    public async Task Import_OwnerOutOfReach_FailsAndSucceedsWhenItIsBack()
    {
        var source = music.Make("patient.wav", 0.5);
        using var identity = NodeIdentity.Create();
        using var librarian = await LibrarianClient.LogInAsync(
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

        // With two of three down every file lacks at least one of its two owners.
        await cluster.Masters[0].StopAsync();
        await cluster.Masters[1].StopAsync();
        var failed = await import.RunAsync(new(source), default);
        Assert.Equal(ImportStatus.Failed, failed.Status);
        Assert.Contains("did not take a file", failed.Problems[0], StringComparison.Ordinal);

        await cluster.Masters[0].StartAsync(cluster.Url);
        await cluster.Masters[1].StartAsync(cluster.Url);
        var stored = await import.RunAsync(new(source), default);
        Assert.Equal((ImportStatus.Imported, 0), (stored.Status, stored.Problems.Count));
        Assert.Equal(ImportStatus.Known, (await import.RunAsync(new(source), default)).Status);
    }
}
