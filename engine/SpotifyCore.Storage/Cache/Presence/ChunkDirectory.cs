using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Storage.Cache.Presence;

/// <summary>
/// What a cache holds, exactly, and where: 8 bytes a chunk and one small object a file. Safe for many
/// threads; finding takes no lock and allocates nothing, a new file or page of 64 chunks does.
/// </summary>
internal sealed class ChunkDirectory
{
    /// <summary>One more than the highest index a chunk can have.</summary>
    public const uint MaxChunks = (uint)(Manifest.MaxLength / Manifest.ChunkSize);

    private readonly ConcurrentDictionary<FileId, FileChunks> _files = new();
    private long _heldBytes;

    /// <summary>Bytes of all chunks held.</summary>
    public long HeldBytes => Volatile.Read(ref _heldBytes);

    /// <summary>Finds a chunk.</summary>
    public bool TryFind(ChunkId chunk, out ChunkPlace place)
    {
        place = _files.TryGetValue(chunk.File, out var file) ? file.Find(chunk.Index) : default;
        return !place.IsNowhere;
    }

    /// <summary>Finds a chunk and counts a read of it; counted to three, nothing is written any more.</summary>
    public bool TryFindForReading(ChunkId chunk, out ChunkPlace place)
    {
        place = default;
        if (!_files.TryGetValue(chunk.File, out var file))
            return false;

        place = file.Find(chunk.Index);
        if (place.IsNowhere)
            return false;

        if (place.Reads < 3)
            file.TryExchange(chunk.Index, place, place.WithRead());
        return true;
    }

    /// <summary>Records where a chunk now is; a place it had before is forgotten.</summary>
    public void Set(ChunkId chunk, ChunkPlace place)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk.Index, MaxChunks);
        while (true)
        {
            var file = _files.GetOrAdd(chunk.File, static _ => new FileChunks());
            lock (file)
            {
                if (!file.TrySet(chunk.Index, place, out var previous))
                    continue;

                Interlocked.Add(ref _heldBytes, place.Length - (previous.IsNowhere ? 0 : previous.Length));
                return;
            }
        }
    }

    /// <summary>Moves a chunk, if it still is at the address of <paramref name="from"/>.</summary>
    public bool TryMove(ChunkId chunk, ChunkPlace from, ChunkPlace to) => TryExchange(chunk, from.Address, to);

    /// <summary>Forgets a chunk, if it still is at the address of <paramref name="place"/>.</summary>
    public bool TryRemove(ChunkId chunk, ChunkPlace place)
    {
        if (!TryExchange(chunk, place.Address, default))
            return false;

        Interlocked.Add(ref _heldBytes, -place.Length);
        return true;
    }

    /// <summary>As <see cref="IChunkCache.CopyPresence"/>.</summary>
    public int CopyPresence(FileId file, Span<ulong> present)
    {
        if (_files.TryGetValue(file, out var chunks))
            return chunks.CopyPresence(present);

        present.Clear();
        return 0;
    }

    /// <summary>
    /// Shows every chunk to <paramref name="visitor"/>, file by file. What changes meanwhile may be shown or not.
    /// </summary>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IPlaceVisitor
    {
        foreach (var (id, file) in _files)
            file.Visit(ref visitor, id);
    }

    /// <summary>Lets go of files without chunks.</summary>
    public void DropEmptyFiles()
    {
        foreach (var (id, file) in _files)
            DropIfEmpty(id, file);
    }

    private void DropIfEmpty(FileId id, FileChunks file)
    {
        lock (file)
        {
            if (file.TryDrop())
                _files.TryRemove(id, out _);
        }
    }

    private bool TryExchange(ChunkId chunk, long address, ChunkPlace to)
    {
        if (!_files.TryGetValue(chunk.File, out var file))
            return false;

        // A read may be counted at any time, which changes the word and not the address.
        for (var place = file.Find(chunk.Index); place.Address == address; place = file.Find(chunk.Index))
        {
            if (file.TryExchange(chunk.Index, place, to))
                return true;
        }

        return false;
    }
}
