using System.Data.Common;
using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Mending;

/// <summary>A mend that is being made, within one transaction.</summary>
internal sealed class MendDraft(DbConnection connection)
{
    private readonly MendTable _mends = new(connection);
    private readonly ReleaseTable _releases = new(connection);
    private readonly List<MendedValue> _values = [];
    private readonly HashSet<long> _tracks = [];

    /// <summary>The tracks and releases.</summary>
    public EntryTable Entries { get; } = new(connection);

    /// <summary>The mends before.</summary>
    public MendLog Log { get; } = new(connection);

    /// <summary>Its number.</summary>
    public long Number { get; } = new MendLog(connection).Next();

    /// <summary>Makes a field what it is to be; null for what the tags say.</summary>
    public void Set(string id, MendedField field, string? value)
    {
        var before = _mends.Read(id, field);
        if (before == value)
            return;

        Touch(id);
        if (field == MendedField.Merged && MendTable.IsTrack(id))
        {
            // Those have its plays, or lose them.
            Touch(before ?? "");
            Touch(value ?? "");
        }

        _mends.Put(id, field, value);
        _values.Add(new MendedValue(id, field, before, value));
    }

    /// <summary>A field as it was mended; null for what the tags say.</summary>
    public string? Read(string id, MendedField field) => _mends.Read(id, field);

    /// <summary>Makes a release; gives its id.</summary>
    public string Make(string title, string artists)
    {
        var id = _releases.Make(Number, title, artists);
        _values.Add(new MendedValue(id, MendedField.Made, null, id));
        return id;
    }

    /// <summary>Forgets a release that was made, once nothing is on it.</summary>
    public void Unmake(ReleaseEntry release)
    {
        ShowTracks();
        _releases.DropEmpty(release.Row);
    }

    /// <summary>Shows what has changed, and enters the mend in the log.</summary>
    public MendDone Finish(LoggedMend mend)
    {
        if (_values.Count == 0)
            return new MendDone(0, mend.What, "");

        ShowTracks();
        foreach (var track in _tracks)
            ChangeNumbers.Renumber(connection, track);

        Log.Add(mend, _values);
        return new MendDone(
            mend.Number, mend.What, _values.Find(static one => one is { Field: MendedField.Made, After: not null })?.Id ?? "");
    }

    // What is found of a track, or of all that a release shows, changes.
    private void Touch(string id) => _tracks.UnionWith(Entries.RowsUnder(id));

    private void ShowTracks()
    {
        foreach (var track in _tracks)
            ShownTracks.Refresh(connection, track);
    }
}
