using System.Text.Json;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.Running;

public sealed class ImporterTests(TestMusic music) : IClassFixture<TestMusic>
{
    [Fact]
    public async Task Run_GoodAndBadSources_ReportsEachAndGoesOn()
    {
        SourceFile[] sources =
        [
            music.Make("one.wav", 1), music.Write("bad.mp3", "words"u8.ToArray()), music.Make("två.flac", 1.5),
            music.Truncate(music.Make("long.flac", 5), "short.flac", 0.5),
        ];
        var output = new StringWriter();
        var totals = await RunAsync(sources, new JsonProgress(output), default);

        Assert.Equal((3, 0, 1, 1), (totals.Imported, totals.Known, totals.Failed, totals.Warned));
        var lines = Lines(output);
        Assert.Equal("begin", lines[0].GetProperty("event").GetString());
        Assert.Equal(
            ["failed", "imported", "imported", "imported"],
            lines[1..^1].Select(line => line.GetProperty("event").GetString()).Order());
        Assert.Contains(lines, line => line.TryGetProperty("title", out var title) && title.ValueEquals("två"));
        Assert.Contains(lines, line => line.TryGetProperty("warnings", out _));
        var failed = Assert.Single(lines, line => line.TryGetProperty("error", out _));
        Assert.Equal(
            "it is no sound file, or is damaged from its beginning on", failed.GetProperty("error").GetString());
        Assert.StartsWith("Invalid ", failed.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var summary = lines[^1];
        Assert.Equal((3, 1), (summary.GetProperty("imported").GetInt32(), summary.GetProperty("failed").GetInt32()));
        Assert.False(summary.GetProperty("interrupted").GetBoolean());
        Assert.True(summary.GetProperty("x_realtime").GetDouble() > 0);
        Assert.InRange(summary.GetProperty("sound_seconds").GetDouble(), 4, 6.5);
    }

    [Fact]
    public async Task Run_KindThatComesLast_IsReckonedWithFromTheStart()
    {
        // The MP3s have a tenth of the FLACs' bytes a second; by those alone they would be taken for a tenth as long.
        SourceFile[] sources =
        [
            .. Enumerable.Range(0, 4).Select(i => music.Make($"kind {i}.flac", 2 + (i * 0.1))),
            .. Enumerable.Range(0, 4).Select(i => music.Make($"kind {i}.mp3", 40 + i, "-b:a", "64k")),
        ];
        var time = new ManualTimeProvider();
        var estimate = new LeftAfterFirst(sources[0], time);

        var totals = await RunAsync(sources, estimate, default, jobs: 1, time: time);

        // The first was 2 s of 174, and is taken to have lasted a second.
        Assert.Equal(8, totals.Imported);
        Assert.InRange(estimate.Left.TotalSeconds, 60, 110);
    }

    [Fact]
    public async Task Run_DamagedSources_AreToldOfInWordsForPeople()
    {
        var whole = music.Make("sound.mp3", 20);
        var bytes = await File.ReadAllBytesAsync(whole.Path);
        bytes.AsSpan(bytes.Length / 3, bytes.Length / 3).Fill(0x55);
        SourceFile[] sources =
        [
            music.Write("holes.mp3", bytes), music.Write("words.mp3", "words"u8.ToArray()), music.Write("none.ogg", []),
        ];
        var drawn = new StringWriter();

        await RunAsync(sources, new TerminalProgress(drawn, static () => 200), default);

        Assert.Contains(
            "warning: holes.mp3: parts of it are damaged; what could be decoded is imported\n",
            drawn.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("failed: words.mp3: it is no sound file, or is damaged", drawn.ToString(), StringComparison.Ordinal);
        Assert.Contains("failed: none.ogg: it is empty\n", drawn.ToString(), StringComparison.Ordinal);
        Assert.Contains("3 sound files to import\n", drawn.ToString(), StringComparison.Ordinal);
        foreach (var word in new[] { "Invalid data", "header", "Header", "invalid" })
            Assert.DoesNotContain(word, drawn.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_SaysWhatIsLeftAndLeavesNoFiles()
    {
        var sources = Enumerable.Range(0, 6).Select(i => music.Make($"part {i}.wav", 20 + i)).ToArray();
        using var stop = new CancellationTokenSource();
        var output = new StringWriter();
        var progress = new StopAfterFirst(new JsonProgress(output), stop);
        var totals = await RunAsync(sources, progress, stop.Token);

        Assert.InRange(totals.Done, 1, 5);
        Assert.True(Lines(output)[^1].GetProperty("interrupted").GetBoolean());
    }

    [Fact]
    public async Task Run_MastersDiskFull_StopsAndSaysWhy()
    {
        var sources = Enumerable.Range(0, 8).Select(i => music.Make($"piece {i}.wav", 2 + (i * 0.1))).ToArray();
        var output = new StringWriter();

        var totals = await RunAsync(sources, new JsonProgress(output), default, new MemoryStore { Room = 3 });

        Assert.Equal("master m: no space left on its disk", totals.Stopped);
        Assert.InRange(totals.Done, 0, 3);
        Assert.Equal(0, totals.Failed);
        Assert.Equal(totals.Stopped, Lines(output)[^1].GetProperty("stopped").GetString());
    }

    [Fact]
    public async Task Run_AnOwnerIsAway_GoesOnAndSumsUpWhatIsMissingThere()
    {
        SourceFile[] sources = [music.Make("far.wav", 1), music.Make("away.wav", 1.2)];
        var (lines, drawn) = (new StringWriter(), new StringWriter());
        var progress = new ProgressPair(new JsonProgress(lines), new TerminalProgress(drawn, () => 200));
        var store = new MemoryStore { Away = new NodeAddress(null, "away", 7401) };
        var totals = await RunAsync(sources, progress, default, store);

        Assert.Equal((2, 2, 0), (totals.Done, totals.Incomplete, totals.Failed));
        Assert.InRange(totals.Sound.TotalSeconds, 2.1, 2.3);
        var missing = Assert.Single(Lines(lines)[^1].GetProperty("missing").EnumerateArray());
        Assert.Equal(
            ("away:7401", 6), (missing.GetProperty("master").GetString(), missing.GetProperty("files").GetInt32()));
        Assert.Contains("6 stored files have no copy at master away:7401;", drawn.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TerminalProgress_OfARun_FitsTheLineAndNamesProblems()
    {
        var output = new StringWriter();
        var progress = new TerminalProgress(output, () => 60);
        var (song, text) = (new SourceFile("/m/a.wav", "a.wav", 100), new SourceFile("/m/b.mp3", "b.mp3", 200));
        var time = new ManualTimeProvider();
        var totals = new ImportTotals([song, text, new("/m/c.wav", new string('c', 200), 100)], time);
        progress.Begin(totals);
        totals.Begin(totals.Sources[2]);
        time.Advance(TimeSpan.FromSeconds(10));
        foreach (var result in (ImportResult[])
            [
                new(song, ImportStatus.Imported, "t", "Song", TimeSpan.FromSeconds(90), []),
                ImportResult.Failed(text, "it is no sound file"),
            ])
        {
            totals.Add(result);
            progress.Show(result);
        }

        progress.Tick();
        progress.End(isInterrupted: false);
        var drawn = output.ToString();
        Assert.Contains("  ccc", drawn, StringComparison.Ordinal);
        Assert.Contains("failed: b.mp3: it is no sound file", drawn, StringComparison.Ordinal);
        Assert.Contains("1 imported (1:30 of sound in ", drawn, StringComparison.Ordinal);
        Assert.All(
            drawn.Split('\r').Where(line => line.Contains(" left", StringComparison.Ordinal)),
            line => Assert.InRange(line.Split('\n')[0].Length, 0, 59 + "\u001b[K".Length));
    }

    [Fact]
    public void Progress_OfNamesThatCommandATerminal_CommandsNothing()
    {
        const string Hostile = "\u001b]0;x\a\u009b2J\u202ey\u200b\u007f";
        var source = new SourceFile("/m/" + Hostile, Hostile, 100);
        var drawn = new StringWriter();
        var lines = new StringWriter();
        foreach (var progress in (IImportProgress[])[new TerminalProgress(drawn, () => 60), new JsonProgress(lines)])
        {
            progress.Begin(new ImportTotals([source], TimeProvider.System));
            progress.Show(new(source, ImportStatus.Imported, "t", Hostile, TimeSpan.FromSeconds(90), [Hostile]));
            progress.Show(ImportResult.Failed(source, Hostile));
            progress.ShowGone(new CataloguedSource { Location = $"/m/{Hostile}", Track = "t", Title = Hostile });
            progress.End(isInterrupted: false);
        }

        // What draws the line is the progress's own.
        var text = drawn.ToString().Replace("\r\u001b[K", "", StringComparison.Ordinal);
        Assert.Contains("failed: ]0;x2Jy: ]0;x2Jy\n", text, StringComparison.Ordinal);
        Assert.Contains("gone: /m/]0;x2Jy: ]0;x2Jy\n", text, StringComparison.Ordinal);
        Assert.Equal(PlainText.Of(text), text.Replace('\n', ' '));
        Assert.Equal(PlainText.Of(lines.ToString()), lines.ToString().Replace('\n', ' '));
        Assert.Contains(Lines(lines), line => line.TryGetProperty("error", out var error) && error.ValueEquals(Hostile));
    }

    private static async Task<ImportTotals> RunAsync(
        SourceFile[] sources,
        IImportProgress progress,
        CancellationToken cancellationToken,
        MemoryStore? store = null,
        int jobs = 3,
        TimeProvider? time = null)
    {
        using var cores = new SemaphoreSlim(2);
        var scratch = new Scratch();
        using (scratch)
        {
            var import = new TrackImport(
                new MemoryLibrarian(),
                store ?? new MemoryStore(),
                new TrackEncoder(OpusCodecs.Select(OpusCodecChoice.Auto), scratch),
                scratch,
                cores);
            var totals =
                await new Importer(import, progress, time ?? TimeProvider.System).RunAsync(sources, jobs, cancellationToken);
            Assert.Empty(Directory.GetFiles(scratch.Path));
            return totals;
        }
    }

    private static List<JsonElement> Lines(StringWriter output) =>
    [
        .. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    /// <summary>Takes down how long the rest will take once the first source is imported, which lasts a second.</summary>
    private sealed class LeftAfterFirst(SourceFile first, ManualTimeProvider time) : IImportProgress
    {
        private ImportTotals? _totals;

        public TimeSpan Left { get; private set; }

        public void Begin(ImportTotals totals) => _totals = totals;

        public void Show(ImportResult result)
        {
            if (result.Source != first)
                return;

            time.Advance(TimeSpan.FromSeconds(1));
            Left = _totals!.Left!.Value;
        }

        public void ShowGone(CataloguedSource source)
        {
        }

        public void Tick()
        {
        }

        public void Note(string kind, string text)
        {
        }

        public void End(bool isInterrupted)
        {
        }
    }

    private sealed class StopAfterFirst(IImportProgress inner, CancellationTokenSource stop) : IImportProgress
    {
        public void Begin(ImportTotals totals) => inner.Begin(totals);

        public void Show(ImportResult result)
        {
            inner.Show(result);
            stop.Cancel();
        }

        public void ShowGone(CataloguedSource source) => inner.ShowGone(source);

        public void Tick() => inner.Tick();

        public void Note(string kind, string text) => inner.Note(kind, text);

        public void End(bool isInterrupted) => inner.End(isInterrupted);
    }
}
