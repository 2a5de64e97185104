namespace SpotifyCore.Testing.Power;

/// <summary>A moment at which the power goes.</summary>
public sealed class PowerCut
{
    private readonly DiskLog _log;
    private readonly int _moment;
    private readonly bool _namesSurvive;

    internal PowerCut(DiskLog log, int moment, bool namesSurvive, IReadOnlyList<string> acknowledged)
    {
        _log = log;
        _moment = moment;
        _namesSurvive = namesSurvive;
        Acknowledged = acknowledged;
    }

    /// <summary>What the process had acknowledged until then.</summary>
    public IReadOnlyList<string> Acknowledged { get; }

    /// <summary>Makes a directory what the disk holds after it.</summary>
    public void Restore(string directory)
    {
        if (_namesSurvive)
            _log.RestoreAllNames(_moment, directory);
        else
            _log.RestoreSyncedNames(_moment, directory);
    }

    public override string ToString() =>
        $"cut at moment {_moment}, {(_namesSurvive ? "all names there" : "names lost that were not synced")}";
}
