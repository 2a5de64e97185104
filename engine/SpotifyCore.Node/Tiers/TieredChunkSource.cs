using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Tasks;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// A node's chunks from the nearest tier that has them. The local tier answers alone when it can, without allocation;
/// what it lacks is fetched once for all who ask at the same time, read ahead, kept, and given to them as it comes
/// in. A read gives what is here and leaves the rest of its range for the next read. Safe for many threads.
/// </summary>
public sealed class TieredChunkSource : IChunkSource, IAsyncDisposable
{
    // A listener who has come this far into what was read ahead has the next stretch fetched.
    private const uint ReadAheadStep = 8;

    private readonly NodeTiers _tiers;
    private readonly IManifestSource _manifests;
    private readonly TimeProvider _time;
    private readonly ChunkFetcher _fetcher;

    /// <summary>Puts the tiers together.</summary>
    /// <param name="tiers">The tiers; the caller's.</param>
    /// <param name="manifests">
    /// Says how long a file is; throws <see cref="IOException"/> when nobody could be asked.
    /// </param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <param name="logger">Where failures go.</param>
    public TieredChunkSource(
        NodeTiers tiers,
        IManifestSource manifests,
        TieredChunkSourceOptions options,
        TimeProvider time,
        ILogger<TieredChunkSource> logger)
    {
        _tiers = tiers;
        _manifests = manifests;
        _time = time;
        _fetcher = new ChunkFetcher(tiers, options, time, logger);
    }

    /// <inheritdoc/>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        var near = _tiers.Local.ReadAsync(request, destination, cancellationToken);
        if (!near.TryTakeResult(out var result))
            return ContinueAsync(near, request, destination, cancellationToken);

        if (result.Status == ChunkReadStatus.Found)
            return new ValueTask<ChunkReadResult>(request.LocalOnly ? result : Credit(request, result));

        return request.LocalOnly ? new(result) : FetchAsync(request, destination, cancellationToken);
    }

    /// <summary>Gives up the fetches under way and waits for their ends.</summary>
    public ValueTask DisposeAsync() => _fetcher.DisposeAsync();

    private async ValueTask<ChunkReadResult> ContinueAsync(
        ValueTask<ChunkReadResult> near,
        ChunkRequest request,
        Memory<byte> destination,
        CancellationToken cancellationToken)
    {
        var result = await near;
        if (request.LocalOnly)
            return result;

        return result.Status == ChunkReadStatus.Found
            ? Credit(request, result)
            : await FetchAsync(request, destination, cancellationToken);
    }

    /// <summary>
    /// Tells chunks that were read ahead from those that were here before: a result never mixes the two.
    /// </summary>
    private ChunkReadResult Credit(in ChunkRequest request, in ChunkReadResult result)
    {
        var fresh = _fetcher.TakeFresh(new ChunkId(request.File, request.First));
        var chunks = (result.Length + Manifest.ChunkSize - 1) / Manifest.ChunkSize;
        var same = 1;
        while (same < chunks && _fetcher.TakeFresh(new ChunkId(request.File, request.First + (uint)same)) == fresh)
            same++;

        if (same < chunks && !fresh)
            _fetcher.AddFresh(new ChunkId(request.File, request.First + (uint)same));

        if (fresh)
            ReadOn(request, (uint)same);

        return result with
        {
            Length = Math.Min(result.Length, same * Manifest.ChunkSize),
            Tier = fresh ? Tier.Master : result.Tier,
        };
    }

    private void ReadOn(in ChunkRequest request, uint count)
    {
        var end = request.First + count;
        if (request.First / ReadAheadStep == end / ReadAheadStep)
            return;

        if (_manifests.FindManifestAsync(request.File).TryTakeResult(out var manifest) && manifest is not null)
            _fetcher.ReadAhead(manifest, request with { First = end - 1 });
    }

    private async ValueTask<ChunkReadResult> FetchAsync(
        ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken)
    {
        // Whoever asks may be serving others on its thread, and beginning a fetch is work.
        await Task.Yield();
        Manifest? manifest;
        try
        {
            manifest = await FindManifestAsync(request, cancellationToken);
        }
        catch (Exception failed) when (failed is TimeoutException or IOException)
        {
            return ChunkReadResult.Unavailable;
        }

        if (manifest is null || request.First >= manifest.ChunkCount)
            return ChunkReadResult.NotFound;

        if (_fetcher.Begin(manifest, request) is not { } first)
            return ChunkReadResult.Busy;

        var waits = !first.HasLanded;
        try
        {
            if (!await first.WaitAsync(Timers.Clamp(request.Deadline - _time.GetInstant()), _time, cancellationToken))
                return ChunkReadResult.Unavailable;

            var result = first.CopyTo(destination.Span);
            if (result.Status != ChunkReadStatus.Found)
                return result;

            var isFetched = _fetcher.TakeFresh(first.Chunk) || (waits && result.Tier == Tier.Master);
            return AddLanded(request, result with { Tier = TierOf(isFetched) }, destination.Span);
        }
        finally
        {
            first.Release();
        }
    }

    private async ValueTask<Manifest?> FindManifestAsync(ChunkRequest request, CancellationToken cancellationToken)
    {
        var find = _manifests.FindManifestAsync(request.File, cancellationToken);
        return find.TryTakeResult(out var known)
            ? known
            : await find.AsTask().WaitAsync(
                Timers.Clamp(request.Deadline - _time.GetInstant()), _time, cancellationToken);
    }

    // A result never mixes what was fetched for it with what was here.
    private ChunkReadResult Add(Flight landed, in ChunkReadResult result, Span<byte> destination)
    {
        var isFetched = _fetcher.TakeFresh(landed.Chunk);
        if (TierOf(isFetched) == result.Tier)
            return result with { Length = result.Length + landed.CopyTo(destination[result.Length..]).Length };

        if (isFetched)
            _fetcher.AddFresh(landed.Chunk);

        return result;
    }

    private Tier TierOf(bool isFetched) => isFetched ? Tier.Master : _tiers.Resolver[0].Tier;

    /// <summary>Adds the chunks after the first that have come in meanwhile; the rest is not waited for.</summary>
    private ChunkReadResult AddLanded(in ChunkRequest request, ChunkReadResult result, Span<byte> destination)
    {
        for (uint i = 1; i < request.Count && result.Length == i * Manifest.ChunkSize; i++)
        {
            if (!_fetcher.TryJoin(new ChunkId(request.File, request.First + i), out var flight))
                break;

            if (flight.HasLanded)
                result = Add(flight, result, destination);

            flight.Release();
        }

        return result;
    }
}
