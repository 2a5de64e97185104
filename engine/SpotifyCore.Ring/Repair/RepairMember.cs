using SpotifyCore.Content.Identity;

namespace SpotifyCore.Ring.Repair;

/// <summary>How far a planner is with the list of what another master holds.</summary>
internal sealed class RepairMember(PeerId id)
{
    public PeerId Id { get; } = id;

    /// <summary>True while it can be asked.</summary>
    public bool IsUp { get; set; }

    /// <summary>True while there is more to ask for.</summary>
    public bool IsDue { get; private set; }

    /// <summary>True while a page is on its way.</summary>
    public bool IsAsked { get; set; }

    /// <summary>The file after which the next page begins.</summary>
    public FileId After { get; private set; }

    // A page that was asked for before the list began anew says nothing about where to go on.
    private bool _restarted;

    /// <summary>Begins at the first file.</summary>
    public void Restart()
    {
        _restarted = IsAsked;
        IsDue = true;
        After = default;
    }

    /// <summary>Takes in a page.</summary>
    public void Take(IReadOnlyList<FileId> files, bool hasMore)
    {
        IsAsked = false;
        if (!_restarted)
        {
            IsDue = hasMore && files.Count > 0;
            After = IsDue ? files[^1] : default;
        }

        _restarted = false;
    }
}
