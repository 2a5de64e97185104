using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Watching;

/// <summary>
/// Which files have changed since they were taken in, and which of those are at rest: as they were when they were looked
/// at before. For one caller at a time.
/// </summary>
/// <param name="taken">The files that are taken in, as they were then.</param>
internal sealed class FolderChanges(IReadOnlyDictionary<string, FileStamp> taken)
{
    private readonly Dictionary<string, FileStamp> _taken = new(taken, StringComparer.Ordinal);
    private IReadOnlyDictionary<string, FileStamp> _before = taken;

    /// <summary>What had changed, and was not at rest or not taken in, when it was last looked.</summary>
    public IReadOnlyList<string> Restless { get; private set; } = [];

    /// <summary>Looks at the files that are there now.</summary>
    /// <returns>Those that have changed and are at rest, and those that are gone.</returns>
    public (IReadOnlyList<string> Changed, IReadOnlyList<string> Gone) Look(IReadOnlyDictionary<string, FileStamp> now)
    {
        string[] changed = [.. now.Where(file => !IsTaken(file)).Select(static file => file.Key)];
        string[] missing = [.. _taken.Keys.Where(path => !now.ContainsKey(path))];

        // Who writes a file anew may take it away for a moment.
        var gone = Array.FindAll(missing, path => !_before.ContainsKey(path));
        var resting = Array.FindAll(changed, path => _before.TryGetValue(path, out var before) && before == now[path]);
        _before = now;
        Restless = [.. changed, .. missing];
        return (resting, gone);
    }

    /// <summary>A file is taken in as it was when it was last looked at; one that was not there is forgotten.</summary>
    public void Take(string path)
    {
        if (_before.TryGetValue(path, out var stamp))
            _taken[path] = stamp;
        else
            _taken.Remove(path);
    }

    private bool IsTaken(KeyValuePair<string, FileStamp> file) =>
        _taken.TryGetValue(file.Key, out var stamp) && stamp == file.Value;
}
