using SpotifyCore.Codec.Opus;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Import.Tests.Running;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>Of what is not read real masters are asked together, and each source gets what it would by itself.</summary>
public sealed class UnreadTests(ClusterFixture cluster, TestMusic music)
    : IClassFixture<ClusterFixture>, IClassFixture<TestMusic>
{
    [Fact]
    public async Task Import_ACopyLostAndOneCutShort_AreRestoredAndTheOthersKnown()
    {
        var folder = await ImportAsync("lost");
        var copies = cluster.Masters.ConvertAll(master => master.Files);
        cluster.Masters[0].Lose(static path => File.Delete(path));
        cluster.Masters[1].Lose(static path => File.OpenHandle(path, FileMode.Truncate, FileAccess.Write).Dispose());

        var results = await RunAsync(SourceFinder.Find(folder, default), folder);

        Assert.InRange(results.Count(result => result.Status == ImportStatus.Restored), 1, 2);
        Assert.All(
            results.Where(result => result.Status != ImportStatus.Restored),
            result => Assert.Equal(ImportStatus.Known, result.Status));
        Assert.Equal(copies, cluster.Masters.ConvertAll(master => master.Files));
        Assert.All(
            await RunAsync(SourceFinder.Find(folder, default), folder),
            result => Assert.Equal(ImportStatus.Known, result.Status));
    }

    [Fact]
    public async Task Import_AMasterSilent_IsIncompleteForItsFilesAndReadsNothing()
    {
        var folder = await ImportAsync("silent");
        var found = SourceFinder.Find(folder, default);
        Directory.Move(folder, folder + " away");
        var silent = cluster.Masters[2];
        await silent.StopAsync();

        // Of each file two of three masters are owners: that none of twelve files is the third's is one in 500,000.
        var results = await RunAsync(found, folder);
        Assert.Contains(results, result => result.Status == ImportStatus.Incomplete);
        Assert.All(results, result => Assert.Equal(
            result.Missing.Count > 0 ? ImportStatus.Incomplete : ImportStatus.Known, result.Status));
        Assert.All(
            results.SelectMany(result => result.Missing),
            copy => Assert.Equal((silent.Address, true), (copy.Master, copy.IsSilent)));

        await silent.StartAsync(cluster.Url);
        Assert.All(
            await RunAsync(found, folder), result => Assert.Equal(ImportStatus.Known, result.Status));
    }

    // A folder of sources that every owner has the files of.
    private async Task<string> ImportAsync(string name)
    {
        var folder = Path.Combine(music.Folder, name);
        for (var i = 0; i < 4; i++)
            music.Make($"{name}/{i}.flac", 0.5 + (i * 0.1), "-metadata", $"title={name} {i}");

        Assert.All(
            await RunAsync(SourceFinder.Find(folder, default), folder),
            result => Assert.Equal((ImportStatus.Imported, 0), (result.Status, result.Missing.Count)));
        return folder;
    }

    // What was written now was so an hour ago.
    private async Task<List<ImportResult>> RunAsync(IReadOnlyList<SourceFile> found, string folder)
    {
        var time = new ShiftedTimeProvider();
        time.Advance(TimeSpan.FromHours(1));
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
        var import = new TrackImport(librarian, store, encoder, scratch, cores) { Time = time };
        var results = new ResultList();
        var importer = new Importer(import, results, TimeProvider.System)
        {
            Unchanged = new UnchangedSources(librarian, SourceFile.PrefixOf(folder), import.Encoder),
        };
        await importer.RunAsync(found, 2, default);
        return results.All;
    }
}
