using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>Ours: the storage node's program, with the file in its cache from the start.</summary>
internal sealed class StorageNodeServer : ILoadServer
{
    private const long DiskBytes = 512L << 20;

    private readonly ServerProcess _process;

    private StorageNodeServer(ServerProcess process, LoadTarget target)
    {
        _process = process;
        Target = target;
    }

    /// <inheritdoc/>
    public LoadTarget Target { get; }

    /// <summary>Fills a cache and starts a node on it.</summary>
    /// <param name="data">The node's directory, which is new.</param>
    /// <param name="file">What is in its cache.</param>
    /// <param name="keyFile">The key of whoever asks over TLS, made if need be; null for plain TCP.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<StorageNodeServer> StartAsync(
        string data, ServedFile file, string? keyFile, CancellationToken cancellationToken)
    {
        await FillAsync(Path.Combine(data, "cache"), file, cancellationToken);
        var process = ServerProcess.Start(Cores.Pin(Cores.Server, Programs.Storage, Options(data, keyFile)));
        try
        {
            var ready = (await process.ReadLineAsync(cancellationToken)).Split(' ');
            return ready is [_, "ready", var text, ..] && NodeAddress.TryParse(text, out var address)
                ? new StorageNodeServer(process, new LoadTarget("frames", address.Port, process.Id, keyFile))
                : throw new InvalidOperationException($"The storage node says: {string.Join(' ', ready)}");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // A master that is not there: nothing is missing that it could be asked for.
    private static string[] Options(string data, string? keyFile)
    {
        using var master = NodeIdentity.Create();
        using var asker = keyFile is null ? null : NodeIdentity.LoadOrCreate(keyFile);
        string[] channel = asker is null ? ["--plain"] : ["--trusted", asker.Id.ToString()];
        return
        [
            "--data-directory", data, "--listen", "127.0.0.1:0", "--masters", $"{master.Id}@127.0.0.1:9",
            "--cache:disk-bytes", $"{DiskBytes >> 20}MiB", "--cache:memory-bytes", "512MiB", .. channel,
        ];
    }

    private static async Task FillAsync(string directory, ServedFile file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await using var cache = FasterChunkCache.Open(
            new ChunkCacheOptions { Directory = directory, DiskBytes = DiskBytes },
            NullLogger<FasterChunkCache>.Instance);
        using var chunks = File.OpenHandle(file.Path);
        var chunk = new byte[Manifest.ChunkSize];
        for (uint i = 0; i < ServedFile.Chunks; i++)
        {
            RandomAccess.Read(chunks, chunk, (long)i * Manifest.ChunkSize);
            await cache.PutAsync(new ChunkId(file.Manifest.File, i), chunk, cancellationToken);
        }
    }
}
