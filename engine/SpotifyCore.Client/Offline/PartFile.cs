using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Client.Offline;

/// <summary>
/// A file that is coming: its chunks are written where they belong. What of it is there from before is known by its
/// hashes, whatever ended that. Written to by many threads, each another chunk.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly ulong[] _present;
    private long _here;

    private PartFile(SafeFileHandle handle, Manifest manifest)
    {
        (_handle, Manifest) = (handle, manifest);
        _present = new ulong[(manifest.ChunkCount + 63) / 64];
    }

    /// <summary>The file's manifest.</summary>
    public Manifest Manifest { get; }

    /// <summary>Bytes that are here.</summary>
    public long Here => Volatile.Read(ref _here);

    /// <summary>Opens it, and finds what is there.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static PartFile Open(string path, Manifest manifest)
    {
        var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var part = new PartFile(handle, manifest);
            part.FindPresent();
            return part;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Takes what a cache has of it.</summary>
    public async Task FillAsync(IChunkCache cache)
    {
        var cached = new ulong[_present.Length];
        if (cache.CopyPresence(Manifest.File, cached) == 0)
            return;

        var buffer = new byte[Manifest.ChunkSize];
        for (var chunk = 0u; chunk < Manifest.ChunkCount; chunk++)
        {
            var (word, bit) = ((int)(chunk / 64), 1ul << (int)(chunk % 64));
            if ((cached[word] & ~_present[word] & bit) == 0)
                continue;

            var read = await cache.ReadAsync(new ChunkId(Manifest.File, chunk), buffer);
            if (!ChunkVerifier.Matches(Manifest, chunk, buffer.AsSpan(0, read)))
                continue;

            await WriteAsync(chunk, buffer.AsMemory(0, read));
            _present[word] |= bit;
        }
    }

    /// <summary>A bit for each chunk that was there when it was opened, or in the cache.</summary>
    public ulong[] CopyPresent() => [.. _present];

    /// <summary>Writes a chunk.</summary>
    public ValueTask WriteAsync(uint chunk, ReadOnlyMemory<byte> sealedChunk)
    {
        Interlocked.Add(ref _here, sealedChunk.Length);
        return RandomAccess.WriteAsync(_handle, sealedChunk, chunk * (long)Manifest.ChunkSize);
    }

    /// <summary>Waits for the disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_handle);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void FindPresent()
    {
        var buffer = new byte[Manifest.ChunkSize];
        var length = RandomAccess.GetLength(_handle);
        for (var chunk = 0u; chunk < Manifest.ChunkCount && chunk * (long)Manifest.ChunkSize < length; chunk++)
        {
            var read = RandomAccess.Read(
                _handle, buffer.AsSpan(0, Manifest.LengthOf(chunk)), chunk * (long)Manifest.ChunkSize);
            if (!ChunkVerifier.Matches(Manifest, chunk, buffer.AsSpan(0, read)))
                continue;

            _present[chunk / 64] |= 1ul << (int)(chunk % 64);
            Interlocked.Add(ref _here, read);
        }
    }
}
