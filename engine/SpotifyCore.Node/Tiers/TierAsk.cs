using SpotifyCore.Content.Sources;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// One tier being asked, with memory of its own, so that two that are asked at once don't write over each other. Either
/// <see cref="TakeAsync"/> or <see cref="Abandon"/> decides what becomes of that.
/// </summary>
internal sealed class TierAsk
{
    private readonly Task<TierAnswer> _read;

    private TierAsk(int tier, IChunkSource source, ChunkRequest request, CancellationToken cancellationToken)
    {
        Tier = tier;
        _read = ReadAsync(tier, source, request, cancellationToken);
    }

    /// <summary>Which tier.</summary>
    public int Tier { get; }

    /// <summary>Completes, never faulted, with the answer.</summary>
    public Task Done => _read;

    public static TierAsk Begin(
        int tier, IChunkSource source, in ChunkRequest request, CancellationToken cancellationToken) =>
        new(tier, source, request, cancellationToken);

    /// <summary>The answer, once it is there; its memory passes over.</summary>
    public async ValueTask<TierAnswer> TakeAsync() => await _read;

    /// <summary>Nobody wants the answer any more; the memory goes back when the source is done with it.</summary>
    public void Abandon() => _ = ReleaseAsync();

    private static async Task<TierAnswer> ReadAsync(
        int tier, IChunkSource source, ChunkRequest request, CancellationToken cancellationToken)
    {
        ChunkMemory? memory = null;
        try
        {
            if (source is IChunkGiver giver)
                return (await giver.TakeAsync(request, cancellationToken)) with { Tier = tier };

            memory = new ChunkMemory((int)request.Count);
            var result = await source.ReadAsync(request, memory.Bytes, cancellationToken);
            if (result.Status == ChunkReadStatus.Found)
                return new TierAnswer(tier, result, memory);

            memory.Release();
            return new TierAnswer(tier, result, null);
        }
        catch (Exception failed) when (failed is IOException or OperationCanceledException)
        {
            memory?.Release();
            return new TierAnswer(tier, ChunkReadResult.Unavailable, null);
        }
    }

    private async Task ReleaseAsync() => (await _read).Memory?.Release();
}
