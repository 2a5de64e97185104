using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Placement;

namespace SpotifyCore.Core.Repair;

/// <summary>
/// Decides how a master comes to hold all that it owns: whose files to list when, which of them to fetch in what
/// order and how fast, and when to read the own ones for damage. A state machine that does no I/O: what happened and
/// the time go in, what is to be done comes out. Owned by one loop.
/// </summary>
/// <param name="placement">Who owns what.</param>
/// <param name="self">This master.</param>
/// <param name="options">Rates.</param>
/// <param name="scrubAfter">The file after which the first scrub begins: where the last one ended.</param>
public sealed class RepairPlanner(
    RendezvousPlacement placement, PeerId self, RepairPlannerOptions options, FileId scrubAfter)
{
    /// <summary>Files known to be lacking that are waited with at most: then no further pages are asked for.</summary>
    public const int MostWaiting = 4_096;

    private readonly List<RepairMember> _members = [];
    private readonly Queue<FileId> _damaged = new();
    private readonly Queue<RepairAction> _lacking = new();
    private readonly HashSet<FileId> _known = [];
    private int _fetching;
    private Instant _fetchAt;
    private Instant _retryAt = Instant.Never;
    private Instant? _listedAt;
    private int _vainLists;
    private bool _isAbsent;
    private int _failures;
    private FileId _scrubAfter = scrubAfter;
    private Instant _scrubAt;
    private Instant? _roundBegan;
    private bool _scrubbing;

    /// <summary>Files that are lacking, as far as is known: waiting or on their way.</summary>
    public int Lacking => _known.Count;

    /// <summary>When <see cref="Plan"/> is due though nothing happens.</summary>
    public Instant NextWake
    {
        get
        {
            var mayFetch = _fetching < options.MaxFetches && _damaged.Count + _lacking.Count > 0;
            var fetch = mayFetch ? _fetchAt : Instant.Never;
            var scrub = _scrubbing || options.ScrubBytesPerSecond == 0 ? Instant.Never : _scrubAt;
            return Instant.Min(Instant.Min(fetch, scrub), _retryAt);
        }
    }

    /// <summary>Another master can be reached: what it holds is listed.</summary>
    public void MemberUp(PeerId member)
    {
        var found = Find(member);
        if (found is null)
            _members.Add(found = new RepairMember(member));

        found.IsUp = true;
        found.Restart();
    }

    /// <summary>It can't any more.</summary>
    public void MemberDown(PeerId member)
    {
        if (Find(member) is { } found)
            found.IsUp = false;
    }

    /// <summary>A page came.</summary>
    /// <param name="member">Who was asked.</param>
    /// <param name="files">What it holds, in order.</param>
    /// <param name="held">For each, whether this master has it and knows of no damage.</param>
    /// <param name="hasMore">True when its files go on.</param>
    public void Listed(PeerId member, IReadOnlyList<FileId> files, ReadOnlySpan<bool> held, bool hasMore)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(held.Length, files.Count, nameof(held));
        Find(member)?.Take(files, hasMore);
        for (var i = 0; i < files.Count; i++)
        {
            if (held[i] || !placement.IsOwner(files[i], self) || !_known.Add(files[i]))
                continue;

            _lacking.Enqueue(new RepairAction(RepairActionKind.Fetch, member, files[i]));
            _vainLists = 0;
        }
    }

    /// <summary>No page came: the member is asked again when it is up again, or earlier.</summary>
    /// <param name="member">Who was asked.</param>
    /// <param name="mayAnswer">
    /// True when it can still be reached and knows lists: it is asked again after the wait for what failed.
    /// </param>
    /// <param name="now">The time.</param>
    public void ListFailed(PeerId member, bool mayAnswer, Instant now)
    {
        Find(member)?.Fail();
        if (mayAnswer)
            RetryLater(now);
    }

    /// <summary>A read found a file damaged: it is fetched before all that is only lacking.</summary>
    public void Damaged(FileId file)
    {
        if (placement.IsOwner(file, self) && _known.Count < MostWaiting && _known.Add(file))
            _damaged.Enqueue(file);
    }

    /// <summary>
    /// A file was asked for that is not here. If it is an owned one, others may have it and more may be lacking: what
    /// they hold is listed again. Whoever asks for what never was must not keep everybody listing: so long as nothing
    /// is found lacking, the waits grow as those for what failed.
    /// </summary>
    public void Absent(FileId file, Instant now)
    {
        if (!placement.IsOwner(file, self) || _known.Contains(file))
            return;

        _isAbsent = true;
        ListAgain(now, WaitAfter(_vainLists));
    }

    /// <summary>All that is held here may be lost: what the others hold is listed again.</summary>
    public void Lost(Instant now) => ListAgain(now, options.FirstRetry);

    /// <summary>A fetch ended.</summary>
    /// <param name="file">What was fetched.</param>
    /// <param name="bytes">Bytes that came.</param>
    /// <param name="outcome">How.</param>
    /// <param name="now">The time.</param>
    public void Fetched(FileId file, long bytes, FetchOutcome outcome, Instant now)
    {
        _fetching--;
        _known.Remove(file);
        _fetchAt += TimeOf(bytes, options.FetchBytesPerSecond);
        if (outcome == FetchOutcome.Whole)
        {
            _failures = 0;
            return;
        }

        // Its holder, or another, will list it again.
        RetryLater(now);

        // The others would end no better.
        if (outcome == FetchOutcome.NotWritten)
            _fetchAt = _retryAt;
    }

    /// <summary>A file was read for damage.</summary>
    /// <param name="file">Which, read or not; null when none was left.</param>
    /// <param name="bytes">Its bytes, which the time to the next goes by.</param>
    /// <param name="now">The time.</param>
    public void Scrubbed(FileId? file, long bytes, Instant now)
    {
        _scrubbing = false;
        _scrubAfter = file ?? default;
        _scrubAt += TimeOf(bytes, options.ScrubBytesPerSecond);
        if (file is not null)
            return;

        _scrubAt = _roundBegan!.Value + options.ScrubEvery;
        _scrubAt = now < _scrubAt ? _scrubAt : now;
        _roundBegan = null;

        // What went missing in silence is found in the lists of the others.
        RestartLists(now);
    }

    /// <summary>Adds what is to be done now.</summary>
    public void Plan(Instant now, List<RepairAction> actions)
    {
        if (_retryAt <= now)
        {
            _retryAt = Instant.Never;
            RestartLists(now);
        }

        PlanFetches(now, actions);
        foreach (var member in _members)
        {
            if (!member.IsDue || _known.Count >= MostWaiting)
                continue;

            member.Ask();
            actions.Add(new RepairAction(RepairActionKind.List, member.Id, member.After));
        }

        PlanScrub(now, actions);
    }

    private void PlanFetches(Instant now, List<RepairAction> actions)
    {
        while (_fetching < options.MaxFetches && _fetchAt <= now && _damaged.Count + _lacking.Count > 0)
        {
            actions.Add(_damaged.TryDequeue(out var file)
                ? new RepairAction(RepairActionKind.Fetch, null, file)
                : _lacking.Dequeue());
            _fetching++;

            // Time in which nothing was fetched is not made up for.
            _fetchAt = _fetching > 1 ? _fetchAt : now;
        }
    }

    private void PlanScrub(Instant now, List<RepairAction> actions)
    {
        if (_scrubbing || options.ScrubBytesPerSecond == 0 || now < _scrubAt)
            return;

        _scrubbing = true;
        _scrubAt = now;
        _roundBegan ??= now;
        actions.Add(new RepairAction(RepairActionKind.Scrub, null, _scrubAfter));
    }

    private void RetryLater(Instant now)
    {
        if (_retryAt != Instant.Never)
            return;

        _retryAt = now + WaitAfter(_failures++);
    }

    private void ListAgain(Instant now, TimeSpan atMostEvery)
    {
        var soonest = _listedAt is { } listed && now < listed + atMostEvery ? listed + atMostEvery : now;
        _retryAt = Instant.Min(_retryAt, soonest);
    }

    private void RestartLists(Instant now)
    {
        _listedAt = now;
        if (_isAbsent)
            _vainLists++;

        _isAbsent = false;
        foreach (var member in _members)
            member.Restart();
    }

    // No jitter: a ring has few masters, and each counts from a failure of its own.
    private TimeSpan WaitAfter(int failures) => Backoff.Bound(options.FirstRetry, options.LongestRetry, failures);

    private RepairMember? Find(PeerId member) => _members.Find(known => known.Id == member);

    private static TimeSpan TimeOf(long bytes, long bytesPerSecond) => bytesPerSecond == 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks((long)(bytes / (double)bytesPerSecond * TimeSpan.TicksPerSecond));
}
