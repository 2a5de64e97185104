using System.Collections.Concurrent;
using System.Threading.Channels;
using SpotifyCore.Contracts;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Import.Watching;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.Watching;

/// <summary>A folder is watched by the system's own means, on a clock of the tests'.</summary>
public sealed class FolderWatchTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new() { AutoAdvance = true };
    private readonly Notes _notes = new();
    private readonly Channel<FolderChange> _taken = Channel.CreateUnbounded<FolderChange>();
    private readonly ConcurrentQueue<string> _failing = [];
    private readonly CancellationTokenSource _ending = new();

    private string Folder => _directory.Path;

    public void Dispose()
    {
        _ending.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public Task Run_FilesAndFoldersThatComeChangeAndGo_AreTold() => WatchAsync(async () =>
    {
        Write("new.flac", "1");
        await AssertTakenAsync(["new.flac"], []);
        Write("new.flac", "12");
        await AssertTakenAsync(["new.flac"], []);

        Directory.CreateDirectory(Path.Combine(Folder, "sub", "deeper"));
        Write("sub/deeper/one.mp3", "1");
        await AssertTakenAsync(["sub/deeper/one.mp3"], []);
        Write("sub/deeper/two.mp3", "1");
        await AssertTakenAsync(["sub/deeper/two.mp3"], []);

        File.Delete(Path.Combine(Folder, "new.flac"));
        await AssertTakenAsync([], ["new.flac"]);
    });

    [Fact]
    public Task Run_WhatCantBeTakenInYet_IsTriedAgain() => WatchAsync(async () =>
    {
        _failing.Enqueue(Path.Combine(Folder, "new.flac"));
        _failing.Enqueue(Path.Combine(Folder, "new.flac"));
        Write("new.flac", "1");

        for (var i = 0; i < 3; i++)
            await AssertTakenAsync(["new.flac"], []);
    });

    [Fact]
    public Task Run_FolderWithoutAnything_IsWaitedForAndNothingIsGone() => WatchAsync(async () =>
    {
        using var elsewhere = new TempDirectory();
        Directory.Move(Path.Combine(Folder, "there"), elsewhere["there"]);
        await _notes.UntilAsync("away");
        Directory.Move(elsewhere["there"], Path.Combine(Folder, "there"));
        await _notes.UntilAsync("back");

        Write("new.flac", "1");
        await AssertTakenAsync(["new.flac"], []);
    });

    private async Task WatchAsync(Func<Task> act)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "there"));
        Write("there/there.flac", "1");
        var stamps = FolderWatch.StampsOf(SourceFinder.Find(Folder, default));
        using var signals = new FolderSignals(Folder);
        var watching = new FolderWatch(Folder, _notes, _time)
            .RunAsync(signals, new FolderChanges(stamps), TakeAsync, _ending.Token);
        await act();
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        Assert.False(_taken.Reader.TryRead(out _));
    }

    private async Task<IReadOnlyCollection<string>> TakeAsync(FolderChange change, CancellationToken cancellationToken)
    {
        await _taken.Writer.WriteAsync(change, cancellationToken);
        return _failing.TryDequeue(out var failing) ? [failing] : [];
    }

    private async Task AssertTakenAsync(string[] changed, string[] gone)
    {
        var change = await _taken.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(changed, change.Changed.Select(static source => source.Name));
        Assert.Equal(gone, change.Gone.Select(path => Path.GetRelativePath(Folder, path)));
    }

    // As a whole, so that it is not seen in the making.
    private void Write(string name, string content)
    {
        var making = Path.Combine(Folder, "making.txt");
        File.WriteAllText(making, content);
        File.Move(making, Path.Combine(Folder, name), overwrite: true);
    }

    private sealed class Notes : IImportProgress
    {
        private readonly Channel<string> _kinds = Channel.CreateUnbounded<string>();

        public void Begin(ImportTotals totals)
        {
        }

        public void Show(ImportResult result)
        {
        }

        public void ShowGone(CataloguedSource source)
        {
        }

        public void Tick()
        {
        }

        public void Note(string kind, string text) => _kinds.Writer.TryWrite(kind);

        public void End(bool isInterrupted)
        {
        }

        public async Task UntilAsync(string kind)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (await _kinds.Reader.ReadAsync(patience.Token) != kind)
                continue;
        }
    }
}
