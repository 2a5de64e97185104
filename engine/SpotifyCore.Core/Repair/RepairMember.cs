using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Repair;

/// <summary>
/// How far a planner is with the list of what another master holds. A round goes on from where the last page ended,
/// over the end and the first file, back to there, so that rounds that are often begun anew get to all files.
/// </summary>
internal sealed class RepairMember(PeerId id)
{
    private FileId _until;
    private bool _isPastEnd;
    private bool _hasMore;
    private bool _isAsked;

    // A page that was asked for before a round began says nothing about where to go on.
    private bool _isOutdated;

    public PeerId Id { get; } = id;

    /// <summary>True while it can be asked.</summary>
    public bool IsUp { get; set; }

    /// <summary>True when it is to be asked for a page.</summary>
    public bool IsDue => IsUp && _hasMore && !_isAsked;

    /// <summary>The file after which the next page begins.</summary>
    public FileId After { get; private set; }

    /// <summary>Begins a round through all files.</summary>
    public void Restart()
    {
        _isOutdated = _isAsked;
        _hasMore = true;
        _until = After;
        _isPastEnd = After == default;
    }

    /// <summary>A page is asked for.</summary>
    public void Ask() => _isAsked = true;

    /// <summary>Takes in a page.</summary>
    public void Take(IReadOnlyList<FileId> files, bool hasMore)
    {
        _isAsked = false;
        if (_isOutdated)
        {
            _isOutdated = false;
            return;
        }

        var wasPastEnd = _isPastEnd;
        _isPastEnd |= !hasMore || files.Count == 0;
        After = hasMore && files.Count > 0 ? files[^1] : default;
        _hasMore = !wasPastEnd || (After != default && (_until == default || After.CompareTo(_until) < 0));
    }

    /// <summary>No page came: the next round goes on here.</summary>
    public void Fail()
    {
        _isAsked = false;
        _hasMore = _isOutdated;
        _isOutdated = false;
    }
}
