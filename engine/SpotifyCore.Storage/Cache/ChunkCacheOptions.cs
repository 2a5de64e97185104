using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace SpotifyCore.Storage.Cache;

/// <summary>Room that the chunk cache may take.</summary>
public sealed class ChunkCacheOptions
{
    /// <summary>The least that <see cref="DiskBytes"/> may be: 64 MiB.</summary>
    public const long LeastDiskBytes = 64L << 20;

    /// <summary>Directory of the cache's files. One process at a time may have it open.</summary>
    [Description("Directory of the cache; cache in the data directory unless set.")]
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>
    /// Bytes that the cache's log may take on disk; 10 GiB unless set. Checkpoints take up to a hundredth more.
    /// </summary>
    [Description("Room of the cache on disk.")]
    [Range(LeastDiskBytes, 64L << 40)]
    public long DiskBytes { get; set; } = 10L << 30;

    /// <summary>
    /// Bytes of chunks kept in memory; 32 MiB unless set. A quarter, at least 8 MiB and at most 128, is the newest
    /// part
    /// of the log, through which all goes to disk; the rest holds what is read most.
    /// </summary>
    [Description("Room of the cache in memory; give it most of the machine's.")]
    [Range(16L << 20, 64L << 30)]
    public long MemoryBytes { get; set; } = 32L << 20;

    /// <summary>
    /// How many seconds a chunk may wait until what makes it survive <c>kill -9</c> is begun; 3 unless set, so that
    /// with a slow disk no more than the chunks of some 5 s are lost.
    /// </summary>
    [Description("For how many seconds kill -9 may lose what was cached.")]
    [Range(1, 3600)]
    public int CheckpointSeconds { get; set; } = 3;

    /// <summary>How many bytes may wait for that; 64 MiB unless set.</summary>
    [Description("How many bytes it may lose.")]
    [Range(1L << 20, 64L << 30)]
    public long CheckpointBytes { get; set; } = 64L << 20;

    /// <summary>The log's part of <see cref="MemoryBytes"/>: a power of two.</summary>
    internal long LogBytes => 1L << BitOperations.Log2((ulong)Math.Clamp(MemoryBytes / 4, 8L << 20, 128L << 20));

    /// <summary>What is left of it for the chunks read most.</summary>
    internal long HotBytes => MemoryBytes - LogBytes;
}
