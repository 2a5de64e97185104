using SpotifyCore.Codec.Opus;
using SpotifyCore.Content.Identity;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Import.Tests.EndToEnd;

namespace SpotifyCore.Import.Tests.Running;

/// <summary>What is as it was is known without being read.</summary>
public sealed class UnchangedSourcesTests : IDisposable
{
    private readonly TestMusic _music = new();
    private readonly Scratch _scratch = new();
    private readonly SemaphoreSlim _cores = new(2);
    private readonly MemoryLibrarian _librarian = new();
    private readonly MemoryStore _store = new();
    private readonly ShiftedTimeProvider _time = new();

    // What was written now was so long ago.
    public UnchangedSourcesTests() => _time.Advance(TimeSpan.FromHours(1));

    public void Dispose()
    {
        _cores.Dispose();
        _scratch.Dispose();
        _music.Dispose();
    }

    [Fact]
    public async Task Run_AsItWas_IsKnownAndNotRead()
    {
        var first = await ImportAsync();
        var found = Find();
        File.Delete(found[0].Path);

        var second = await RunAsync(found);

        Assert.Equal((ImportStatus.Known, first.Track), (second.Status, second.Track));
    }

    /// <summary>As names that are no text are, beside one that is spelled as they are shown.</summary>
    [Fact]
    public async Task Run_TwoOfOneName_AreBothReadAndToldOf()
    {
        await ImportAsync();
        _librarian.Asked.Clear();

        Assert.Equal(2, (await RunAllAsync([.. Find(), .. Find()])).Count);
        Assert.Equal(2, _librarian.Asked.Count);
    }

    [Fact]
    public async Task Run_AllAreToBeRead_IsRead()
    {
        await ImportAsync();

        Assert.Equal(ImportStatus.Known, (await RunAsync(Find(), readsAll: true)).Status);
        Assert.Single(_librarian.Asked);
    }

    [Fact]
    public async Task Run_ReadRightAfterItWasWritten_IsReadAgainUntilThatIsLongAgo()
    {
        _time.Advance(TimeSpan.FromHours(-2));
        await ImportAsync();
        await RunAsync(Find());
        Assert.NotEmpty(_librarian.Asked);

        _time.Advance(TimeSpan.FromHours(2));
        await RunAsync(Find());
        _librarian.Asked.Clear();
        await RunAsync(Find());
        Assert.Empty(_librarian.Asked);
    }

    [Fact]
    public async Task Run_FilesOfOneSizeAndTimeThatChangedNames_AreRead()
    {
        var (a, b) = (_music.Make("a.wav", 0.5), _music.Make("b.wav", 0.5, "-af", "volume=0.5"));
        foreach (var source in new[] { a, b })
            File.SetLastWriteTimeUtc(source.Path, DateTime.UnixEpoch);

        await RunAllAsync(Find());
        File.Move(a.Path, a.Path + ".was");
        File.Move(b.Path, a.Path);
        File.Move(a.Path + ".was", b.Path);
        _librarian.Asked.Clear();
        await RunAllAsync(Find());

        Assert.Equal([a.Location, b.Location], _librarian.Asked.Select(static asked => asked.Location).Distinct().Order());
    }

    [Fact]
    public async Task Run_Touched_IsReadOnce()
    {
        await ImportAsync();
        File.SetLastWriteTimeUtc(Find()[0].Path, DateTime.UnixEpoch);

        Assert.Equal(ImportStatus.Known, (await RunAsync(Find())).Status);
        Assert.Single(_librarian.Asked);
        Assert.Equal(ImportStatus.Known, (await RunAsync(Find())).Status);
        Assert.Single(_librarian.Asked);
    }

    [Fact]
    public async Task Run_AsItWasWithALostCopy_IsPutAgain()
    {
        await ImportAsync();
        var lost = _store.Files.Keys.First();
        _store.Files.Clear();
        _store.Missing.Add(lost);

        Assert.Equal(ImportStatus.Restored, (await RunAsync(Find())).Status);
        Assert.Contains(lost, _store.Files.Keys);
    }

    [Fact]
    public async Task Run_AsItWasWhileAMasterIsSilent_SaysSoAndReadsNothing()
    {
        await ImportAsync();
        _store.Missing.Add(_store.Files.Keys.First());
        _store.IsSilent = true;

        Assert.Equal(ImportStatus.Incomplete, (await RunAsync(Find())).Status);
        Assert.Empty(_librarian.Asked);
    }

    [Fact]
    public async Task Run_ManyAsTheyWere_EachIsToldOfByItself()
    {
        var files = new Dictionary<string, FileId>();
        foreach (var name in new[] { "known.wav", "lost.wav", "unsaid.wav" })
        {
            var source = _music.Make(name, 0.3 + (files.Count * 0.1));
            var before = _store.Files.Keys.ToHashSet();
            await RunAllAsync([.. Find().Where(found => found.Location == source.Location)]);
            files[name] = _store.Files.Keys.First(file => !before.Contains(file));
        }

        _store.Missing.Add(files["lost.wav"]);
        _store.Unsaid.Add(files["unsaid.wav"]);
        _librarian.Asked.Clear();

        Assert.Equal(
            [
                ("known.wav", ImportStatus.Known), ("lost.wav", ImportStatus.Restored),
                ("unsaid.wav", ImportStatus.Incomplete),
            ],
            (await RunAllAsync(Find())).Select(result => (result.Source.Name, result.Status)).Order());
        Assert.All(_librarian.Asked, asked => Assert.EndsWith("lost.wav", asked.Location, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ByAnotherEncoder_IsEncodedAnew()
    {
        await ImportAsync();

        Assert.Equal(ImportStatus.Imported, (await RunAsync(Find(), OpusCodecs.Managed)).Status);
    }

    // The only source, with what was asked for it forgotten.
    private async Task<ImportResult> ImportAsync()
    {
        _music.Make("one.flac", 0.5);
        var result = await RunAsync(Find());
        Assert.Equal(ImportStatus.Imported, result.Status);
        _librarian.Asked.Clear();
        return result;
    }

    private IReadOnlyList<SourceFile> Find() => SourceFinder.Find(_music.Folder, default);

    private async Task<ImportResult> RunAsync(
        IReadOnlyList<SourceFile> found, IOpusCodec? codec = null, bool readsAll = false) =>
        Assert.Single(await RunAllAsync(found, codec, readsAll));

    private async Task<List<ImportResult>> RunAllAsync(
        IReadOnlyList<SourceFile> found, IOpusCodec? codec = null, bool readsAll = false)
    {
        var encoder = new TrackEncoder(codec ?? OpusCodecs.Select(OpusCodecChoice.Auto), _scratch);
        var import = new TrackImport(_librarian, _store, encoder, _scratch, _cores) { Time = _time };
        var results = new ResultList();
        var importer = new Importer(import, results, TimeProvider.System)
        {
            Unchanged = readsAll
                ? null
                : new UnchangedSources(_librarian, SourceFile.PrefixOf(_music.Folder), import.Encoder),
        };
        var totals = await importer.RunAsync(found, 2, default);
        Assert.Equal(found.Count, totals.Done);
        return results.All;
    }
}
