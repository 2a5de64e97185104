using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Micro.Storage;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.SideBySide.Serving;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.SideBySide.Receiving;

/// <summary>
/// The process that receives, on a core of its own: chunks come over plain TCP, 16 requests in flight, are verified
/// against their manifest, put into a chunk cache and unsealed. It reads lines, <c>receive</c> or <c>upsert</c> with
/// a number of seconds, and answers each with its CPU seconds a GB.
/// </summary>
internal sealed class ReceivingWorker : IAsyncDisposable
{
    private const int InFlight = 16;
    private const int UpsertKeys = 8_192;
    private const int UpsertsBetweenLooks = 256;

    private readonly Manifest _manifest;
    private readonly ChunkClient _client;
    private readonly FasterChunkCache _cache;
    private readonly RawFaster _faster;
    private readonly ChunkSeal[] _seals =
        [.. Enumerable.Range(0, InFlight).Select(static _ => new ChunkSeal(default))];

    private int _next;
    private long _received;
    private int _upserts;

    private ReceivingWorker(string directory, Manifest manifest, ChunkClient client)
    {
        _manifest = manifest;
        _client = client;
        _cache = FasterChunkCache.Open(
            new ChunkCacheOptions { Directory = Path.Combine(directory, "cache"), DiskBytes = 512L << 20 },
            NullLogger<FasterChunkCache>.Instance);
        _faster = new RawFaster(directory, 32L << 20, UpsertKeys);
    }

    /// <summary>Runs the process: <c>receive DIRECTORY PORT</c>.</summary>
    public static async Task<int> RunAsync(string directory, string port)
    {
        var address = new NodeAddress(null, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture));
        var file = ServedFile.In(directory);
        var transport = new TcpTransport(new TransportOptions());
        await using var client = await ChunkClient.ConnectAsync(transport, address, default);
        await using var worker = new ReceivingWorker(directory, file.Manifest, client);
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var slice = TimeSpan.FromSeconds(double.Parse(words[1], CultureInfo.InvariantCulture));
            var spent = words[0] == "receive" ? await worker.ReceiveAsync(slice) : worker.Upsert(slice);
            await Console.Out.WriteLineAsync(spent.ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cache.DisposeAsync();
        _faster.Dispose();
        foreach (var seal in _seals)
            seal.Dispose();
    }

    private async Task<double> ReceiveAsync(TimeSpan slice)
    {
        _received = 0;
        var before = ProcessorTime.OfThisProcess;
        var end = TimeProvider.System.GetInstant() + slice;
        await Task.WhenAll(_seals.Select(seal => ReceiveAsync(seal, end)));
        return (ProcessorTime.OfThisProcess - before) / (_received / 1e9);
    }

    private async Task ReceiveAsync(ChunkSeal seal, Instant end)
    {
        var chunk = new byte[Manifest.ChunkSize];
        while (TimeProvider.System.GetInstant() < end)
        {
            var number = Interlocked.Increment(ref _next) - 1;
            var index = (uint)(number % ServedFile.Chunks);
            var request = new ChunkRequest(_manifest.File, index, 1, RequestPriority.Playing, Instant.Never);
            var read = await _client.ReadAsync(request, _manifest, chunk);
            if (read.Length != Manifest.ChunkSize)
                throw new InvalidOperationException($"Chunk {index} did not come: {read.Status}, {_client.CloseCode}.");

            await _cache.PutAsync(Chunks.Id(number), chunk);
            seal.Apply(index, chunk);
            Interlocked.Add(ref _received, chunk.Length);
        }
    }

    private double Upsert(TimeSpan slice)
    {
        var before = ProcessorTime.OfThisProcess;
        var end = TimeProvider.System.GetInstant() + slice;
        var bytes = 0L;
        while (TimeProvider.System.GetInstant() < end)
        {
            for (var i = 0; i < UpsertsBetweenLooks; i++)
                _faster.Put(_upserts++ % UpsertKeys, Chunks.Payload);

            bytes += (long)UpsertsBetweenLooks * Manifest.ChunkSize;
        }

        var spent = (ProcessorTime.OfThisProcess - before) / (bytes / 1e9);
        _faster.ForgetEvicted();
        return spent;
    }
}
