using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Client.Offline;

/// <summary>Files that are kept and were read lately, held open with their manifests. Safe for many threads.</summary>
internal sealed class KeptHandles : IDisposable
{
    /// <summary>Held open at most; the one read longest ago makes room.</summary>
    private const int Most = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<FileId, Kept> _open = [];
    private long _uses;

    /// <summary>A file that is open; null of others.</summary>
    public Kept? TryGet(FileId file)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(file, out var kept))
                kept.LastUse = ++_uses;

            return kept;
        }
    }

    /// <summary>Opens a file; null where it has no manifest that is its own.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    public Kept? Open(FileId file, string path, string manifestPath)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(file, out var kept))
            {
                if (!File.Exists(path) || !File.Exists(manifestPath)
                    || !ManifestReader.TryRead(File.ReadAllBytes(manifestPath), file, out var manifest))
                    return null;

                if (_open.Count >= Most)
                    Close(_open.MinBy(static open => open.Value.LastUse).Key);

                kept = new Kept(File.OpenHandle(path, options: FileOptions.RandomAccess), manifest);
                _open.Add(file, kept);
            }

            kept.LastUse = ++_uses;
            return kept;
        }
    }

    /// <summary>Closes a file, if it is open.</summary>
    public void Close(FileId file)
    {
        lock (_gate)
        {
            if (_open.Remove(file, out var kept))
                kept.Handle.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var kept in _open.Values)
                kept.Handle.Dispose();

            _open.Clear();
        }
    }

    /// <summary>An open file.</summary>
    internal sealed class Kept(SafeFileHandle handle, Manifest manifest)
    {
        public SafeFileHandle Handle { get; } = handle;

        public Manifest Manifest { get; } = manifest;

        public long LastUse { get; set; }
    }
}
