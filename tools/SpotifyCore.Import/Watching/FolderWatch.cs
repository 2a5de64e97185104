using SpotifyCore.Content.Time;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Watching;

/// <summary>
/// Takes in what changes in a folder once it is at rest, until it is cancelled. What could not be taken in for a reason
/// that may pass is tried again after growing waits.
/// </summary>
/// <param name="folder">Its path.</param>
/// <param name="progress">Says what is waited for.</param>
/// <param name="time">The clock.</param>
internal sealed class FolderWatch(string folder, IImportProgress progress, TimeProvider time)
{
    // A file that is as it was so long ago is at rest.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    // Of a folder that can't be watched.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    // Looking takes a part of the time at most.
    private const int LeastPause = 2;

    private readonly Backoff _retries = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), jitter: 0.5);
    private readonly SourceTree _tree = new(folder);

    private ChangedPaths _toLookAt = ChangedPaths.Everywhere;

    // Folders that came while it was watched, and may not be.
    private ChangedPaths _unwatched = new();
    private long _lookedEverywhere;
    private bool _hasLooked;
    private bool _isMissing;

    /// <summary>
    /// How long after all was looked at it is looked at again in any case, whatever the system says meanwhile: of what
    /// other machines write to a shared disk it says nothing. 5 minutes unless set.
    /// </summary>
    public TimeSpan LookAnyway { get; init; } = TimeSpan.FromMinutes(5);

    private TimeSpan UntilLookAnyway => Left(LookAnyway, _lookedEverywhere);

    /// <summary>The stamps of what was found, by their paths.</summary>
    public static Dictionary<string, FileStamp> StampsOf(IReadOnlyCollection<SourceFile> found)
    {
        var stamps = new Dictionary<string, FileStamp>(found.Count, StringComparer.Ordinal);
        foreach (var source in found)
            stamps[source.Path] = source.Stamp;

        return stamps;
    }

    /// <summary>Watches.</summary>
    /// <param name="signals">Tell that there is something to look for.</param>
    /// <param name="changes">What was taken in before.</param>
    /// <param name="take">Takes changes in; gives the paths of which that is to be tried again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        FolderSignals signals, FolderChanges changes,
        Func<FolderChange, CancellationToken, Task<IReadOnlyCollection<string>>> take,
        CancellationToken cancellationToken)
    {
        progress.Note("watching", $"watching {folder}; Ctrl-C ends it");
        while (true)
        {
            var pause = await TakeInAsync(signals, changes, take, cancellationToken);
            (_toLookAt, _unwatched) = (_unwatched, new ChangedPaths());
            if (!_toLookAt.IsNowhere)
            {
                // What changed there while nobody watched is found by looking once more.
                signals.Renew();
                if (pause is null)
                    continue;
            }

            await WaitAsync(signals, pause, cancellationToken);
        }
    }

    // Until something has changed or it is time to look. Of what was looked at already the signal may still be there.
    private async Task WaitAsync(FolderSignals signals, TimeSpan? pause, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var left = pause is not null || signals.IsBlind ? Left(pause ?? LookAgain, began) : UntilLookAnyway;
            var (isOver, said) = await signals.WaitAsync(left, time, cancellationToken);
            if (said is not null)
                progress.Note("rescan", said);

            var changed = signals.TakeChanged();
            _toLookAt.Add(changed);
            if (isOver || !changed.IsNowhere)
                return;
        }
    }

    private TimeSpan Left(TimeSpan of, long since)
    {
        if (of == Timeout.InfiniteTimeSpan)
            return of;

        var left = of - time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // Gives how long to wait for what is to be tried again; null where nothing is.
    private async Task<TimeSpan?> TakeInAsync(
        FolderSignals signals, FolderChanges changes,
        Func<FolderChange, CancellationToken, Task<IReadOnlyCollection<string>>> take,
        CancellationToken cancellationToken)
    {
        var (pause, cost, looks) = (Rest, TimeSpan.Zero, 0);
        var changedPaths = new ChangedPaths();
        changedPaths.Add(_toLookAt);
        do
        {
            await Task.Delay(pause, time, cancellationToken);

            // Where not all is watched, all is looked at every other time; in between, at whether what changed rests.
            var isWhole = signals.IsBlind ? looks++ % 2 == 0 : UntilLookAnyway == TimeSpan.Zero;
            changedPaths.Add(signals.TakeChanged());
            if (isWhole)
                changedPaths.AddEverywhere();

            var began = time.GetTimestamp();
            if (Find(changedPaths, cancellationToken) is not { } found)
                return LookAgain;

            var (changed, gone) = changes.Look(StampsOf(found));
            if (isWhole || !signals.IsBlind)
                cost = LeastPause * time.GetElapsedTime(began);

            pause = isWhole || cost < Rest ? Rest : cost;
            if (changedPaths.IsEverywhere)
                _lookedEverywhere = time.GetTimestamp();

            changedPaths = new ChangedPaths();
            foreach (var path in changes.Restless)
                changedPaths.Add(path);

            if (changed.Count + gone.Count == 0)
                continue;

            var paths = changed.ToHashSet(StringComparer.Ordinal);
            var sources = found.Where(source => paths.Contains(source.Path))
                .OrderBy(static source => source.Name, StringComparer.Ordinal);
            var change = new FolderChange(found, [.. sources], gone);
            var again = await take(change, cancellationToken);
            foreach (var path in changed.Concat(gone).Except(again))
                changes.Take(path);

            if (again.Count > 0)
                return _retries.Next(Random.Shared.NextDouble());

            _retries.Reset();
        }
        while (changes.Restless.Count > 0);

        return null;
    }

    // A folder without any music is as one whose disk is not there: nothing is gone for that.
    private List<SourceFile>? Find(ChangedPaths changed, CancellationToken cancellationToken)
    {
        List<SourceFile> found;
        try
        {
            found = _tree.Read(_isMissing ? ChangedPaths.Everywhere : changed, cancellationToken);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            found = [];
        }

        var isMissing = found.Count == 0;
        if (isMissing != _isMissing)
            progress.Note(
                isMissing ? "away" : "back",
                isMissing ? $"there is nothing in {folder}: it is waited for" : $"{folder} is there again");

        // A folder that is there again is another one to the system.
        if (_isMissing && !isMissing)
            _unwatched.AddEverywhere();

        foreach (var entered in _hasLooked ? _tree.NewFolders : [])
            _unwatched.Add(entered);

        _hasLooked = true;
        _isMissing = isMissing;
        return isMissing ? null : found;
    }
}
