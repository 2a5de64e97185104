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

    /// <summary>The system watches one folder and no more: it says so, and all the others are looked at.</summary>
    [Fact]
    public async Task Run_MoreFoldersThanTheSystemWatches_SaysSoAndMissesNothing()
    {
        var watchers = new ConcurrentQueue<DeafWatcher>();
        await WatchAsync(
            async () =>
            {
                Assert.True(watchers.TryPeek(out var watcher));
                watcher.Fail(new IOException("no more watches"));
                await _notes.UntilAsync("rescan");

                Write("there/new.flac", "1");
                await AssertTakenAsync(["there/new.flac"], []);
                File.Delete(Path.Combine(Folder, "there", "new.flac"));
                await AssertTakenAsync([], ["there/new.flac"]);
            },
            signals: new FolderSignals(Folder, _ => DeafWatcher.Create(watchers)));
    }

    [Fact]
    public async Task Run_MoreChangesThanTheSystemTells_AreAllFound()
    {
        var watchers = new ConcurrentQueue<DeafWatcher>();
        await WatchAsync(
            async () =>
            {
                Write("new.flac", "1");
                Write("there/new.flac", "1");
                Assert.True(watchers.TryPeek(out var watcher));
                watcher.Fail(new InternalBufferOverflowException());

                await AssertTakenAsync(["new.flac", "there/new.flac"], []);
            },
            signals: new FolderSignals(Folder, _ => DeafWatcher.Create(watchers)));
    }

    /// <summary>As on a disk that other machines write to.</summary>
    [Fact]
    public Task Run_SystemThatSaysNothing_IsLookedAtAnyway() => WatchAsync(
        async () =>
        {
            Write("there/new.flac", "1");
            await AssertTakenAsync(["there/new.flac"], []);
        },
        TimeSpan.FromMinutes(5),
        new FolderSignals(Folder, static _ => DeafWatcher.Create([])));

    private async Task WatchAsync(Func<Task> act, TimeSpan? lookAnyway = null, FolderSignals? signals = null)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "there"));
        Write("there/there.flac", "1");
        var stamps = FolderWatch.StampsOf(SourceFinder.Find(Folder, default));
        using var told = signals ?? new FolderSignals(Folder);
        var watch = new FolderWatch(Folder, _notes, _time) { LookAnyway = lookAnyway ?? Timeout.InfiniteTimeSpan };
        var watching = watch.RunAsync(told, new FolderChanges(stamps), TakeAsync, _ending.Token);
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

    /// <summary>Watches a folder in which nothing happens, and says what it is told to say.</summary>
    private sealed class DeafWatcher(TempDirectory elsewhere) : FileSystemWatcher(elsewhere.Path)
    {
        public static DeafWatcher Create(ConcurrentQueue<DeafWatcher> made)
        {
            var watcher = new DeafWatcher(new TempDirectory());
            made.Enqueue(watcher);
            return watcher;
        }

        public void Fail(Exception failure) => OnError(new ErrorEventArgs(failure));

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            elsewhere.Dispose();
        }
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
