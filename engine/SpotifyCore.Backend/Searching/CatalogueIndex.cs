using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Search;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Listing;
using SpotifyCore.Search.Querying;

namespace SpotifyCore.Backend.Searching;

/// <summary>
/// The search's index, which follows the catalogue: at once what is added, in the background what it lacks at the
/// start, all of it where it has to be made anew. It answers meanwhile from what it has. Safe for many threads.
/// </summary>
internal sealed class CatalogueIndex : IAsyncDisposable
{
    private const int Batch = 1_000;

    // Additions that follow each other are merged together.
    private static readonly TimeSpan MergeAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly CatalogueChanges _catalogue;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogueIndex> _logger;
    private readonly Lock _following = new();
    private readonly ReaderWriterLockSlim _usage = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _upkeep;
    private volatile SearchIndex? _index;
    private volatile bool _isBehind = true;

    /// <summary>
    /// Opens the index and begins to follow. One that lacks little has it when this returns; one that is missing,
    /// damaged or of another version or catalogue is made anew in the background.
    /// </summary>
    public CatalogueIndex(CatalogueChanges catalogue, string path, TimeProvider time, ILogger<CatalogueIndex> logger)
    {
        (_catalogue, _path, _time, _logger) = (catalogue, path, time, logger);
        _index = Open();
        if (_index.Change > 0 || catalogue.ReadState().Change <= Batch)
            TryFollow(() => _isBehind = FollowSome() == Batch);

        _upkeep = Task.Run(KeepUpAsync);
    }

    /// <summary>
    /// Ids of the tracks that are meant, the best first (<see cref="SearchIndex.Find"/>): of all, but for those that an
    /// index that is being made anew, or has much to follow, has not yet.
    /// </summary>
    /// <returns>What was found, and whether tracks may have been missing.</returns>
    public (SearchAnswer Found, bool IsIncomplete) Find(
        string typed, int limit, int offset, SearchOrder order = SearchOrder.Best)
    {
        // What was missing at the beginning or is at the end, a search may have missed.
        var wasBehind = _isBehind;
        var found = Search(index => index.Find(typed, limit, offset, order));
        return (found, wasBehind || _isBehind);
    }

    /// <summary>Ids of tracks, one of each artist or release that is meant (<see cref="SearchIndex.FindGroups"/>).</summary>
    public IReadOnlyList<string> FindGroups(string typed, SearchGroup group, int limit, int offset = 0) =>
        Search(index => index.FindGroups(typed, group, limit, offset));

    /// <summary>Names in the order of their letters (<see cref="SearchIndex.List"/>), and as <see cref="Find"/>.</summary>
    public (ListedPage Listed, bool IsIncomplete) List(ListedNames names, string beginning, string after, int limit)
    {
        var wasBehind = _isBehind;
        var listed = Search(index => index.List(names, beginning, after, limit));
        return (listed, wasBehind || _isBehind);
    }

    /// <summary>
    /// Takes in a track that was added or changed, so that the next search finds it. Should that fail it is done later,
    /// and said in the log: the catalogue has it.
    /// </summary>
    public void Include(TrackId track)
    {
        if (_isBehind)
            TryFollow(() => Put(track));
        else
            FollowNow();

        _changed.Writer.TryWrite(true);
    }

    /// <summary>
    /// Takes in what has changed, unless that is under way. Should that fail it is tried again in the background.
    /// </summary>
    public void Follow()
    {
        if (!_isBehind)
            FollowNow();

        _changed.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _upkeep;
        _index?.Dispose();
        _usage.Dispose();
        _ending.Dispose();
    }

    private SearchIndex Open()
    {
        var (catalogue, change) = _catalogue.ReadState();
        var index = new SearchIndex(_path, catalogue);
        if (index.Change <= change)
            return index;

        // The catalogue was put back as it was before.
        index.Dispose();
        SearchIndex.Delete(_path);
        return new SearchIndex(_path, catalogue);
    }

    private async Task KeepUpAsync()
    {
        try
        {
            while (true)
            {
                if (TryFollow(CatchUp))
                    await _changed.Reader.ReadAsync(_ending.Token);
                else
                    await WaitToRetryAsync();

                if (!_isBehind)
                    await Task.Delay(MergeAfter, _time, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The access point stops.
        }
    }

    // A database that is back is heard of before the time is over.
    private async Task WaitToRetryAsync()
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        await await Task.WhenAny(
            Task.Delay(RetryAfter, _time, waiting.Token), _changed.Reader.WaitToReadAsync(waiting.Token).AsTask());
        await waiting.CancelAsync();
        _changed.Reader.TryRead(out _);
    }

    private void CatchUp()
    {
        var isNew = Use(static index => index.Change) == 0;
        var began = _time.GetTimestamp();
        var taken = 0L;
        var isWritten = true;
        int some;
        do
        {
            some = FollowSome();
            taken += some;
            isWritten = isWritten && TryWrite();
            _ending.Token.ThrowIfCancellationRequested();
        }
        while (some == Batch);

        // Who was told meanwhile that it is under way had their changes before this.
        _isBehind = false;
        FollowAll();
        if (isNew && taken > 0)
            _logger.IndexMade(taken, _time.GetElapsedTime(began).TotalSeconds);
    }

    // What can't be written is found all the same.
    private bool TryWrite()
    {
        try
        {
            return Use(index =>
            {
                index.Merge(stop: _ending.Token);
                return true;
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _logger.IndexNotWritten(failure.Message);
            return false;
        }
    }

    // That an idle connection was lost is noticed when it is used: the second time there is another.
    private bool FollowNow() => TryFollow(FollowAll) || TryFollow(FollowAll);

    private void FollowAll()
    {
        while (FollowSome() == Batch)
            _ending.Token.ThrowIfCancellationRequested();
    }

    private int FollowSome()
    {
        lock (_following)
        {
            var changes = _catalogue.ReadAfter(Use(static index => index.Change), Batch);
            if (changes.Count > 0)
                Apply(changes, changes[^1].Change);

            return changes.Count;
        }
    }

    // Out of its turn; it comes once more in its turn.
    private void Put(TrackId track)
    {
        lock (_following)
            Apply(
                _catalogue.Read(track).Select(static entry => new CatalogueChange(0, entry.Id, entry)),
                Use(static index => index.Change));
    }

    private void Apply(IEnumerable<CatalogueChange> changes, long change) => Use(index =>
    {
        // What has left may have come again later in the same turn.
        var gone = changes.Where(static one => one.Entry is null).Select(static one => one.Track);
        index.Apply(changes.Select(static one => one.Entry).OfType<SearchEntry>(), gone, change);
        return true;
    });

    private bool TryFollow(Action follow)
    {
        try
        {
            follow();
            return true;
        }
        catch (Exception failure) when (
            failure is DbException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _logger.IndexBehind(failure.Message);
            return false;
        }
    }

    private T Search<T>(Func<SearchIndex, T> search)
    {
        try
        {
            return Use(search);
        }
        catch (InvalidDataException)
        {
            // It was damaged; there is another.
            return Use(search);
        }
    }

    private T Use<T>(Func<SearchIndex, T> use)
    {
        if (_index is null)
            MakeAnew(null, "it could not be made before");

        SearchIndex? index = null;
        try
        {
            _usage.EnterReadLock();
            try
            {
                index = _index ?? throw new IOException("There is no search index: it could not be made.");
                return use(index);
            }
            finally
            {
                _usage.ExitReadLock();
            }
        }
        catch (InvalidDataException damaged)
        {
            MakeAnew(index, damaged.Message);
            throw;
        }
    }

    // Unless another thread has done so: then the index is not that one any more.
    private void MakeAnew(SearchIndex? damaged, string reason)
    {
        _usage.EnterWriteLock();
        try
        {
            if (_index != damaged)
                return;

            _logger.IndexDamaged(reason);
            _isBehind = true;
            _index = null;
            damaged?.Dispose();
            SearchIndex.Delete(_path);
            _index = Open();
        }
        finally
        {
            _usage.ExitWriteLock();
        }

        _changed.Writer.TryWrite(true);
    }
}
