using System.Buffers;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Node.Tiers;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// Brings missing chunks to this node: claims them so that each is fetched once, asks the far tiers in pipelined
/// pieces, hands the bytes to whoever waits and keeps them. A fetch belongs to nobody who waits for it. Safe for many
/// threads.
/// </summary>
internal sealed class ChunkFetcher(NodeTiers tiers, TieredChunkSourceOptions options, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private readonly SingleFlight _flights = new(options.MaxFlights);
    private readonly FreshChunks _fresh = new();
    private readonly TierWalk _walk = new(tiers.Resolver, time);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running = 1;

    /// <summary>True once for a chunk that came from master: its bytes are then to be counted as master's.</summary>
    public bool TakeFresh(ChunkId chunk) => _fresh.Take(chunk);

    /// <summary>Takes a <see cref="TakeFresh"/> back.</summary>
    public void AddFresh(ChunkId chunk) => _fresh.Add(chunk);

    /// <summary>Takes hold of a chunk's flight if there is one.</summary>
    public bool TryJoin(ChunkId chunk, out Flight flight) => _flights.TryJoin(chunk, out flight);

    /// <summary>Has the range fetched, and some chunks beyond it.</summary>
    /// <returns>
    /// The flight of the first chunk, held for the caller; null when too many are under way, or at the end.
    /// </returns>
    public Flight? Begin(Manifest manifest, in ChunkRequest request)
    {
        if (_stopping.IsCancellationRequested)
            return null;

        var first = new ChunkId(request.File, request.First);
        if (_flights.TryJoin(first, out var flight))
        {
            Claim(manifest, request, request.First + 1);
            return flight;
        }

        if (!_flights.TryBegin(first, options.MaxFlights, out flight))
            return _flights.TryJoin(first, out flight) ? flight : null;

        flight.TryHold();
        Launch(manifest, [flight], request.Priority);
        Claim(manifest, request, request.First + 1);
        return flight;
    }

    /// <summary>Has what follows a chunk fetched, because a listener has come that far.</summary>
    public void ReadAhead(Manifest manifest, in ChunkRequest request) => Claim(manifest, request, request.First + 1);

    /// <summary>Gives up all fetches and waits for their ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stopping.IsCancellationRequested)
        {
            await _stopping.CancelAsync();
            Leave();
        }

        await _idle.Task;
    }

    private void Claim(Manifest manifest, in ChunkRequest request, uint from)
    {
        var wanted = (uint)Math.Min(manifest.ChunkCount, (long)request.First + request.Count);
        var reach = Math.Max(request.Count, options.ReadAheadChunks);
        var end = (uint)Math.Min(manifest.ChunkCount, request.First + reach);
        var words = (int)((end + 63) / 64);
        var present = ArrayPool<ulong>.Shared.Rent(words);
        try
        {
            present.AsSpan().Clear();
            tiers.Kept?.CopyPresence(request.File, present.AsSpan(0, words));
            var plan = new FetchPlan();
            from = Claim(manifest, from, wanted, request.Priority, present, ref plan);
            var ahead = request.Priority > RequestPriority.Prefetch ? request.Priority : RequestPriority.Prefetch;
            Claim(manifest, from, end, ahead, present, ref plan);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(present);
        }
    }

    private uint Claim(
        Manifest manifest, uint from, uint end, RequestPriority priority, ulong[] present, ref FetchPlan plan)
    {
        var room = priority == RequestPriority.Playing ? options.MaxFlights : options.MaxFlights / 2;
        var piece = new List<Flight>(FetchPlan.LongestPiece);
        for (var i = from; i < end; i++)
        {
            var isHeld = (present[i / 64] >> (int)(i % 64) & 1) != 0;
            var isClaimed = _flights.TryBegin(new ChunkId(manifest.File, i), isHeld ? 0 : room, out var flight);
            if (isClaimed)
                piece.Add(flight);

            if (piece.Count > 0 && (!isClaimed || piece.Count == plan.NextLength || i + 1 == end))
            {
                Launch(manifest, [.. piece], priority);
                piece.Clear();
                plan.Advance();
            }
        }

        return Math.Max(from, end);
    }

    private void Launch(Manifest manifest, Flight[] piece, RequestPriority priority)
    {
        Interlocked.Increment(ref _running);
        _ = Task.Run(() => FetchAsync(manifest, piece, priority));
    }

    private async Task FetchAsync(Manifest manifest, Flight[] piece, RequestPriority priority)
    {
        var landed = 0;
        try
        {
            var deadline = time.GetInstant() + options.FetchTimeout;
            while (landed < piece.Length)
            {
                var rest = new ChunkRequest(
                    manifest.File, piece[landed].Chunk.Index, (uint)(piece.Length - landed), priority, deadline);
                var answer = await _walk.ReadAsync(tiers.Sources, rest, _stopping.Token);
                if (answer.Memory is not { } memory)
                {
                    Fail(piece.AsSpan(landed), answer.Result);
                    landed = piece.Length;
                    break;
                }

                var count = (answer.Result.Length + Manifest.ChunkSize - 1) / Manifest.ChunkSize;
                try
                {
                    Land(piece.AsSpan(landed, count), memory, answer);
                    landed += count;
                    await KeepAsync(piece.AsMemory(landed - count, count), memory, answer);
                }
                finally
                {
                    memory.Release();
                }
            }
        }
        catch (Exception failed)
        {
            if (failed is not OperationCanceledException)
                logger.FetchFailed(piece[0].Chunk, failed);

            Fail(piece.AsSpan(landed), ChunkReadResult.Unavailable);
        }
        finally
        {
            Leave();
        }
    }

    // A chunk is marked before anybody can see it, so whoever comes first takes the mark.
    private void Land(ReadOnlySpan<Flight> flights, ChunkMemory memory, in TierAnswer answer)
    {
        var isFresh = answer.Result.Tier == Tier.Master && !tiers.Resolver[answer.Tier].IsLocal;
        for (var i = 0; i < flights.Length; i++)
        {
            if (isFresh)
                _fresh.Add(flights[i].Chunk);

            flights[i].Land(memory, i * Manifest.ChunkSize, answer.Result with { Length = LengthAt(answer.Result, i) });
        }
    }

    // The flights are forgotten only now, so that whoever finds none finds the chunk in the cache.
    private async ValueTask KeepAsync(ReadOnlyMemory<Flight> flights, ChunkMemory memory, TierAnswer answer)
    {
        for (var i = 0; i < flights.Length; i++)
        {
            var flight = flights.Span[i];
            try
            {
                if (!tiers.Resolver[answer.Tier].IsLocal && tiers.Kept is { } cache)
                {
                    var chunk = memory.Bytes.Slice(i * Manifest.ChunkSize, LengthAt(answer.Result, i));
                    await cache.PutAsync(flight.Chunk, chunk, _stopping.Token);
                }
            }
            catch (Exception failed)
            {
                if (failed is not OperationCanceledException)
                    logger.KeepFailed(flight.Chunk, failed);
            }

            _flights.End(flight);
        }
    }

    private void Fail(ReadOnlySpan<Flight> flights, in ChunkReadResult result)
    {
        foreach (var flight in flights)
        {
            flight.Fail(result);
            _flights.End(flight);
        }
    }

    private static int LengthAt(in ChunkReadResult result, int place) =>
        Math.Min(Manifest.ChunkSize, result.Length - (place * Manifest.ChunkSize));

    private void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0)
            _idle.TrySetResult();
    }
}
