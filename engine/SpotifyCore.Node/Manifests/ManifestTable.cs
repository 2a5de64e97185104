using System.Diagnostics.CodeAnalysis;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Node.Manifests;

/// <summary>
/// Keeps the manifests used last, up to a number of bytes, and fetches a missing one once for all who ask.
/// Safe for many threads; a hit allocates nothing.
/// </summary>
internal sealed class ManifestTable(IManifestSource upstream, long limitBytes = ManifestTable.DefaultLimitBytes)
    : IManifestSource
{
    /// <summary>32 MiB: some 4,000 tracks of four minutes.</summary>
    public const long DefaultLimitBytes = 32L << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<FileId, LinkedListNode<Manifest>> _held = [];
    private readonly LinkedList<Manifest> _byUse = [];
    private readonly Dictionary<FileId, Task<Manifest?>> _loading = [];
    private long _bytes;

    /// <inheritdoc/>
    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (TryGet(file, out var held))
                return new ValueTask<Manifest?>(held);

            var load = _loading.TryGetValue(file, out var loading) ? loading : BeginLoadAsync(file);
            return new ValueTask<Manifest?>(load.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Finds a manifest among those kept; nobody is asked.</summary>
    public bool TryFind(FileId file, [NotNullWhen(true)] out Manifest? manifest)
    {
        lock (_lock)
            return TryGet(file, out manifest);
    }

    // The load is nobody's: a caller who gives up leaves it to the others.
    private Task<Manifest?> BeginLoadAsync(FileId file)
    {
        var load = Task.Run(() => LoadAsync(file), CancellationToken.None);
        _loading.Add(file, load);
        return load;
    }

    private async Task<Manifest?> LoadAsync(FileId file)
    {
        Manifest? manifest = null;
        try
        {
            manifest = await upstream.FindManifestAsync(file);
            return manifest;
        }
        finally
        {
            Settle(file, manifest);
        }
    }

    private bool TryGet(FileId file, [NotNullWhen(true)] out Manifest? manifest)
    {
        manifest = null;
        if (!_held.TryGetValue(file, out var node))
            return false;

        _byUse.Remove(node);
        _byUse.AddLast(node);
        manifest = node.Value;
        return true;
    }

    private void Settle(FileId file, Manifest? loaded)
    {
        lock (_lock)
        {
            _loading.Remove(file);
            if (loaded is not null)
                Keep(loaded);
        }
    }

    private void Keep(Manifest manifest)
    {
        _held.Add(manifest.File, _byUse.AddLast(manifest));
        _bytes += manifest.Bytes.Length;
        while (_bytes > limitBytes && _byUse.First is { } oldest && oldest.Value != manifest)
        {
            _byUse.RemoveFirst();
            _held.Remove(oldest.Value.File);
            _bytes -= oldest.Value.Bytes.Length;
        }
    }
}
