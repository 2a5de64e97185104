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
    private readonly ConcurrentQueue<DeafWatcher> _watchers = [];
    private readonly CancellationTokenSource _ending = new();
    private Action _taking = static () => { };

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
        await WatchAsync(
            async () =>
            {
                Assert.Single(_watchers).Fail(new IOException("no more watches"));
                await _notes.UntilAsync("rescan");

                Write("there/new.flac", "1");
                await AssertTakenAsync(["there/new.flac"], []);
                File.Delete(Path.Combine(Folder, "there", "new.flac"));
                await AssertTakenAsync([], ["there/new.flac"]);
            },
            signals: CreateDeafSignals());
    }

    [Fact]
    public async Task Run_MoreChangesThanTheSystemTells_AreAllFound()
    {
        await WatchAsync(
            async () =>
            {
                Write("new.flac", "1");
                Write("there/new.flac", "1");
                Assert.Single(_watchers).Fail(new InternalBufferOverflowException());

                await AssertTakenAsync(["new.flac", "there/new.flac"], []);
            },
            signals: CreateDeafSignals());
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
        CreateDeafSignals());

    /// <summary>As of a file that is copied for a while: the last word comes while it is taken in.</summary>
    [Fact]
    public Task Run_ChangeThatIsToldTwice_IsLookedForWhereItIsAlone()
    {
        var time = new SlowTimeProvider(_time);
        _taking = () => Tell("new.flac");
        return WatchAsync(
            async () =>
            {
                await time.WaitedAsync();
                Write("there/untold.flac", "1");
                Write("new.flac", "1");
                Tell("new.flac");
                await AssertTakenAsync(["new.flac"], []);

                // The second word ends a wait, and the next one begins.
                await time.WaitedAsync();
                await time.WaitedAsync();
            },
            TimeSpan.FromMinutes(5),
            CreateDeafSignals(),
            time);
    }

    [Fact]
    public Task Run_FolderThatIsNeverSilent_IsLookedAtOnceInAnyCase()
    {
        var time = new SlowTimeProvider(_time);
        Directory.CreateDirectory(Path.Combine(Folder, "elsewhere"));
        _taking = () =>
        {
            _taking = static () => { };
            Write("elsewhere/untold.flac", "1");
        };
        return WatchAsync(
            async () =>
            {
                await time.WaitedAsync();
                _time.Advance(TimeSpan.FromMinutes(3));
                Tell("there/text.txt");
                Assert.InRange(await time.WaitedAsync(), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));

                _time.Advance(TimeSpan.FromMinutes(3));
                Write("there/untold.flac", "1");
                Write("new.flac", "1");
                Tell("new.flac");
                await AssertTakenAsync(["new.flac", "there/untold.flac"], []);
                await time.WaitedAsync();
            },
            TimeSpan.FromMinutes(5),
            CreateDeafSignals(),
            time);
    }

    /// <summary>The system has room for one that watches, and not for the next one beside it.</summary>
    [Fact]
    public void Renew_MoreThanTheSystemWatchesTwice_WatchesAndIsLookedAtOnce()
    {
        using var signals = new FolderSignals(
            Folder, _ => DeafWatcher.Create(_watchers, isRefused: _watchers.Any(static one => !one.IsDisposed)));

        signals.Renew();

        Assert.False(signals.IsBlind);
        Assert.True(signals.TakeChanged().IsEverywhere);
        Assert.Equal([true, true, false], _watchers.Select(static one => one.IsDisposed));
    }

    private FolderSignals CreateDeafSignals() => new(Folder, _ => DeafWatcher.Create(_watchers));

    private void Tell(string name) => Assert.Single(_watchers).Tell(Folder, name);

    private async Task WatchAsync(
        Func<Task> act, TimeSpan? lookAnyway = null, FolderSignals? signals = null, TimeProvider? time = null)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "there"));
        Write("there/there.flac", "1");
        var stamps = FolderWatch.StampsOf(SourceFinder.Find(Folder, default));
        using var told = signals ?? new FolderSignals(Folder);
        var watch = new FolderWatch(Folder, _notes, time ?? _time)
        {
            LookAnyway = lookAnyway ?? Timeout.InfiniteTimeSpan,
        };
        var watching = watch.RunAsync(told, new FolderChanges(stamps), TakeAsync, _ending.Token);
        await act();
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        Assert.False(_taken.Reader.TryRead(out _));
    }

    private async Task<IReadOnlyCollection<string>> TakeAsync(FolderChange change, CancellationToken cancellationToken)
    {
        _taking();
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
    private sealed class DeafWatcher(TempDirectory elsewhere, string watched) : FileSystemWatcher(watched)
    {
        public bool IsDisposed { get; private set; }

        public static DeafWatcher Create(ConcurrentQueue<DeafWatcher> made, bool isRefused = false)
        {
            var elsewhere = new TempDirectory();
            var watched = Directory.CreateDirectory(elsewhere["watched"]);
            var watcher = new DeafWatcher(elsewhere, watched.FullName);
            made.Enqueue(watcher);
            if (isRefused)
                watched.Delete();

            return watcher;
        }

        public void Tell(string folder, string name) =>
            OnChanged(new FileSystemEventArgs(WatcherChangeTypes.Changed, folder, name));

        public void Fail(Exception failure) => OnError(new ErrorEventArgs(failure));

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!IsDisposed)
                elsewhere.Dispose();

            IsDisposed = true;
        }
    }

    /// <summary>What is waited for shortly comes at once; what is waited for long never comes, and is told.</summary>
    private sealed class SlowTimeProvider(ManualTimeProvider clock) : TimeProvider
    {
        private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < Long)
                return clock.CreateTimer(callback, state, dueTime, period);

            _waits.Writer.TryWrite(dueTime);
            return clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }

        /// <summary>How long is to be waited for next.</summary>
        public Task<TimeSpan> WaitedAsync() => _waits.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
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
