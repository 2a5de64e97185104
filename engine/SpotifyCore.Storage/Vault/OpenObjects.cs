using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Vault;

/// <summary>
/// The files of a vault that are open, so many at most; the one not used for longest is closed for a new one. Whoever
/// reads from a file that is closed meanwhile gets <see cref="ObjectDisposedException"/> and looks again.
/// </summary>
internal sealed class OpenObjects(int limit) : IDisposable
{
    private readonly ConcurrentDictionary<FileId, VaultObject> _objects = new();
    private readonly Lock _gate = new();
    private long _uses;

    public VaultObject? Find(FileId file)
    {
        if (!_objects.TryGetValue(file, out var found))
            return null;

        found.LastUse = Interlocked.Increment(ref _uses);
        return found;
    }

    /// <summary>Adds a file just opened. When another was quicker, closes it and gives back the other's.</summary>
    public VaultObject Add(VaultObject opened)
    {
        lock (_gate)
        {
            opened.LastUse = Interlocked.Increment(ref _uses);
            var kept = _objects.GetOrAdd(opened.Manifest.File, opened);
            if (kept != opened)
                opened.Dispose();
            else if (_objects.Count > limit)
                Remove(_objects.MinBy(static entry => entry.Value.LastUse).Key);

            return kept;
        }
    }

    public void Remove(FileId file)
    {
        if (_objects.TryRemove(file, out var found))
            found.Dispose();
    }

    public void Dispose()
    {
        foreach (var file in _objects.Keys)
            Remove(file);
    }
}
