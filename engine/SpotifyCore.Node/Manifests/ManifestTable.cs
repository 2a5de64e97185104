using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Node.Manifests;

/// <summary>
/// Keeps the manifests used last, up to a number of bytes, and fetches a missing one once for all who ask.
/// Safe for many threads; a hit allocates nothing.
/// </summary>
public sealed class ManifestTable(IManifestSource upstream, long limitBytes = ManifestTable.DefaultLimitBytes)
    : IManifestSource
{
    /// <summary>32 MiB: some 4,000 tracks of four minutes.</summary>
    public const long DefaultLimitBytes = 32L << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<FileId, LinkedListNode<Manifest>> _held = [];
    private readonly LinkedList<Manifest> _byUse = [];
    private readonly ConcurrentDictionary<FileId, Lazy<Task<Manifest?>>> _loading = new();
    private long _bytes;

    /// <inheritdoc/>
    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default)
    {
        if (TryGet(file, out var held))
            return new ValueTask<Manifest?>(held);

        // The load is nobody's: a caller who gives up leaves it to the others.
        var load = _loading.GetOrAdd(
            file, static (file, table) => new Lazy<Task<Manifest?>>(() => table.LoadAsync(file)), this);
        return new ValueTask<Manifest?>(load.Value.WaitAsync(cancellationToken));
    }

    private async Task<Manifest?> LoadAsync(FileId file)
    {
        try
        {
            var manifest = TryGet(file, out var held) ? held : await upstream.FindManifestAsync(file);
            if (manifest is not null)
                Keep(manifest);

            return manifest;
        }
        finally
        {
            _loading.TryRemove(file, out _);
        }
    }

    private bool TryGet(FileId file, out Manifest? manifest)
    {
        lock (_lock)
        {
            manifest = null;
            if (!_held.TryGetValue(file, out var node))
                return false;

            _byUse.Remove(node);
            _byUse.AddLast(node);
            manifest = node.Value;
            return true;
        }
    }

    private void Keep(Manifest manifest)
    {
        lock (_lock)
        {
            if (_held.ContainsKey(manifest.File))
                return;

            _held[manifest.File] = _byUse.AddLast(manifest);
            _bytes += manifest.Bytes.Length;
            while (_bytes > limitBytes && _byUse.First is { } oldest && oldest.Value != manifest)
            {
                _byUse.RemoveFirst();
                _held.Remove(oldest.Value.File);
                _bytes -= oldest.Value.Bytes.Length;
            }
        }
    }
}
