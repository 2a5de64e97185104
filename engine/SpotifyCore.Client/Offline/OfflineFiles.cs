using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Client.Offline;

/// <summary>
/// The files that are kept, whole and sealed as they came, each beside its manifest, by which every chunk is checked that
/// is read. One that is coming has another name until it is whole and durable, so that what has that name always is. Safe
/// for many threads.
/// </summary>
/// <param name="directory">Where they lie.</param>
/// <param name="cache">What is in there need not come again.</param>
/// <param name="logger">The log.</param>
internal sealed class OfflineFiles(string directory, IChunkCache cache, ILogger logger) : IDisposable
{
    private const string Part = ".part";
    private const string ManifestOf = ".manifest";

    private readonly ConcurrentDictionary<FileId, long> _whole = new();
    private readonly ConcurrentDictionary<FileId, PartFile> _parts = new();
    private readonly KeptHandles _handles = new();

    // A file that becomes whole and one that is deleted change the disk and what is known of it together.
    private readonly Lock _naming = new();

    /// <summary>Bytes of all that is here.</summary>
    public long Bytes => _whole.Values.Sum() + _parts.Values.Sum(static part => part.Manifest.Length);

    /// <summary>Called with a file that was found to be damaged, which is gone; on any thread.</summary>
    public Action<FileId>? Damaged { get; set; }

    /// <summary>Finds what is there from earlier runs.</summary>
    public void Find()
    {
        if (!Directory.Exists(directory))
            return;

        foreach (var file in new DirectoryInfo(directory).EnumerateFiles())
        {
            if (FileId.TryParse(file.Name, out var id))
                _whole[id] = file.Length;
        }
    }

    /// <summary>True of a file that is here whole.</summary>
    public bool Holds(FileId file) => _whole.ContainsKey(file);

    /// <summary>How much of a file that is coming is here, in bytes; null of others.</summary>
    public (long Here, long Length)? ProgressOf(FileId file) =>
        _parts.TryGetValue(file, out var part) ? (part.Here, part.Manifest.Length) : null;

    /// <summary>Sets a bit for each chunk of a whole file; 0 of others.</summary>
    public int CopyPresence(FileId file, Span<ulong> present)
    {
        present.Clear();
        if (!_whole.TryGetValue(file, out var length))
            return 0;

        var chunks = (int)Math.Min((length + Manifest.ChunkSize - 1) / Manifest.ChunkSize, present.Length * 64L);
        present[..(chunks / 64)].Fill(ulong.MaxValue);
        if (chunks % 64 != 0)
            present[chunks / 64] = (1ul << (chunks % 64)) - 1;

        return chunks;
    }

    /// <summary>Copies a chunk of a whole file into memory that the caller owns; 0 where that is not here, or damaged.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        KeptHandles.Kept? kept = null;
        try
        {
            kept = _handles.TryGet(chunk.File) ?? Open(chunk.File);
            if (kept is null)
                return Drop(chunk.File);

            var length = chunk.Index < kept.Manifest.ChunkCount ? kept.Manifest.LengthOf(chunk.Index) : 0;
            var read = length == 0 ? 0 : await RandomAccess.ReadAsync(
                kept.Handle, destination[..length], chunk.Index * (long)Manifest.ChunkSize, cancellationToken);
            return ChunkVerifier.Matches(kept.Manifest, chunk.Index, destination.Span[..read]) ? read : Drop(chunk.File);
        }
        catch (IOException failure) when (kept is not null)
        {
            // It is open and yet does not give this: where that is so once, it is so again.
            ClientLog.OfflineFailed(logger, failure.Message);
            return Drop(chunk.File);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            ClientLog.OfflineFailed(logger, failure.Message);
            return 0;
        }
    }

    /// <summary>True of a file that is coming.</summary>
    public bool IsComing(FileId file) => _parts.ContainsKey(file);

    /// <summary>
    /// Opens a file that is to come, or goes on with what is there of it, which is checked, and what the cache has of it.
    /// </summary>
    /// <returns>A bit for each chunk that is there: all of them where it is whole already.</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    public async Task<ulong[]> BeginAsync(Manifest manifest)
    {
        var present = new ulong[(manifest.ChunkCount + 63) / 64];
        if (CopyPresence(manifest.File, present) > 0)
            return present;

        DurableFile.CreateDirectory(directory);
        DurableFile.Replace(PathOf(manifest.File) + ManifestOf, manifest.Bytes.Span);
        var part = PartFile.Open(PathOf(manifest.File) + Part, manifest);
        if (!_parts.TryAdd(manifest.File, part))
        {
            part.Dispose();
            throw new IOException("The file is being kept already.");
        }

        try
        {
            await part.FillAsync(cache);
            return part.CopyPresent();
        }
        catch
        {
            Pause(manifest.File);
            throw;
        }
    }

    /// <summary>Writes a verified chunk of a file that was begun.</summary>
    /// <exception cref="IOException">It can't be written, or was not begun.</exception>
    public ValueTask WriteAsync(ChunkId chunk, ReadOnlyMemory<byte> sealedChunk) => _parts.TryGetValue(chunk.File, out var part)
        ? part.WriteAsync(chunk.Index, sealedChunk)
        : throw new IOException("The file is not being kept any more.");

    /// <summary>Nothing more comes into a file; what is there of it stays.</summary>
    public void Pause(FileId file)
    {
        if (_parts.TryRemove(file, out var part))
            part.Dispose();
    }

    /// <summary>A file has come whole: it is durable, and one of those that are here, when this returns.</summary>
    /// <exception cref="IOException">It can't be made durable.</exception>
    public void Complete(FileId file)
    {
        if (Holds(file))
            return;

        if (!_parts.TryRemove(file, out var part))
            throw new IOException("The file is not being kept any more.");

        using (part)
            part.Flush();

        lock (_naming)
        {
            DurableFile.Publish(PathOf(file) + Part, PathOf(file));
            _whole[file] = part.Manifest.Length;
        }
    }

    /// <summary>Deletes a file, whole or not.</summary>
    public void Remove(FileId file)
    {
        Pause(file);
        lock (_naming)
        {
            _whole.TryRemove(file, out _);
            _handles.Close(file);
            foreach (var ending in new[] { "", Part, ManifestOf })
                Delete(PathOf(file) + ending);
        }
    }

    /// <summary>Deletes all of them, and what else lies there.</summary>
    public void Clear()
    {
        foreach (var file in _whole.Keys.Concat(_parts.Keys).ToArray())
            Remove(file);

        try
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.OfflineFailed(logger, failure.Message);
        }
    }

    /// <summary>Deletes what no file of those that are named has left here.</summary>
    public void Sweep(IReadOnlySet<FileId> wanted)
    {
        if (!Directory.Exists(directory))
            return;

        foreach (var path in Directory.GetFiles(directory))
        {
            if (FileId.TryParse(Path.GetFileNameWithoutExtension(path), out var file) && !wanted.Contains(file))
                Remove(file);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _parts.Keys.ToArray())
            Pause(file);

        _handles.Dispose();
    }

    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.OfflineFailed(logger, failure.Message);
        }
    }

    private KeptHandles.Kept? Open(FileId file) => _handles.Open(file, PathOf(file), PathOf(file) + ManifestOf);

    private string PathOf(FileId file) => Path.Combine(directory, file.ToString());

    // It is not what it was: it is fetched anew.
    private int Drop(FileId file)
    {
        if (_whole.ContainsKey(file))
        {
            ClientLog.OfflineDamaged(logger, file);
            Remove(file);
            Damaged?.Invoke(file);
        }

        return 0;
    }
}
