using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Micro;
using SpotifyCore.Micro.Storage;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.SideBySide.Caching;

/// <summary>The same chunks in the chunk cache, in FASTER, in memory and in a file.</summary>
internal sealed class CacheHitSubjects : IAsyncDisposable
{
    private readonly FasterChunkCache _cache;
    private readonly RawFaster _faster;
    private readonly List<RawFaster.Session> _sessions = [];
    private readonly SafeFileHandle _file;
    private readonly byte[] _memory;

    private CacheHitSubjects(string directory, int count)
    {
        Count = count;
        Directory.CreateDirectory(directory);
        var bytes = (long)count * Manifest.ChunkSize;
        _cache = FasterChunkCache.Open(
            new ChunkCacheOptions
            {
                Directory = Path.Combine(directory, "cache"),
                DiskBytes = 2 * bytes,
                MemoryBytes = bytes + (bytes / 2),
                CheckpointSeconds = 3600,
            },
            NullLogger<FasterChunkCache>.Instance);

        // Twice the chunks: a record is a little longer than its chunk, and FASTER takes powers of two.
        _faster = new RawFaster(directory, 2 * bytes, count);
        _file = File.OpenHandle(Path.Combine(directory, "file"), FileMode.Create, FileAccess.ReadWrite);
        _memory = GC.AllocateUninitializedArray<byte>((int)bytes);
    }

    /// <summary>How many chunks.</summary>
    public int Count { get; }

    /// <summary>Fills all four.</summary>
    public static async Task<CacheHitSubjects> OpenAsync(string directory, int count)
    {
        var subjects = new CacheHitSubjects(directory, count);
        try
        {
            await subjects.FillAsync();
            return subjects;
        }
        catch
        {
            await subjects.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the next chunk from the cache.</summary>
    public Action CacheReader(ReadOrder order) =>
        () => _cache.ReadAsync(Chunks.Id(order.Next()), order.Destination).Now();

    /// <summary>Copies the next chunk out of memory.</summary>
    public Action MemcpyReader(ReadOrder order) =>
        () => ChunkAt(order.Next()).CopyTo(order.Destination);

    /// <summary>Reads the next chunk from FASTER, by a session of the reader's own.</summary>
    public Action FasterReader(ReadOrder order)
    {
        var session = _faster.OpenSession();
        _sessions.Add(session);
        return () => session.Read(order.Next(), order.Destination);
    }

    /// <summary>Reads the next chunk from the file.</summary>
    public Action FileReader(ReadOrder order) =>
        () => RandomAccess.Read(_file, order.Destination, (long)order.Next() * Manifest.ChunkSize);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cache.DisposeAsync();
        foreach (var session in _sessions)
            session.Dispose();

        _faster.Dispose();
        _file.Dispose();
    }

    private async Task FillAsync()
    {
        if (!_faster.AllInMemory)
            throw new InvalidOperationException("FASTER has not all in memory.");

        for (var i = 0; i < Count; i++)
        {
            await _cache.PutAsync(Chunks.Id(i), Chunks.Payload);
            RandomAccess.Write(_file, Chunks.Payload, (long)i * Manifest.ChunkSize);
            Chunks.Payload.CopyTo(ChunkAt(i));
        }

        // What was read comes into memory: from disk at once, from the log's memory the second time.
        var destination = new byte[Manifest.ChunkSize];
        for (var i = 0; i < 2 * Count; i++)
            await _cache.ReadAsync(Chunks.Id(i % Count), destination);
    }

    private Span<byte> ChunkAt(int number) => _memory.AsSpan(number * Manifest.ChunkSize, Manifest.ChunkSize);
}
