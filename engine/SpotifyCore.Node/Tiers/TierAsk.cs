using System.Buffers;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// One tier being asked, with a buffer of its own, so that two that are asked at once don't write over each other.
/// Either <see cref="TakeResultAsync"/> or <see cref="Abandon"/> gives the buffer back.
/// </summary>
internal sealed class TierAsk
{
    private readonly byte[] _bytes;
    private readonly Task<ChunkReadResult> _read;

    private TierAsk(int tier, IChunkSource source, ChunkRequest request, CancellationToken cancellationToken)
    {
        Tier = tier;
        _bytes = ArrayPool<byte>.Shared.Rent((int)request.Count * Manifest.ChunkSize);
        _read = ReadAsync(source, request, _bytes, cancellationToken);
    }

    /// <summary>Which tier.</summary>
    public int Tier { get; }

    /// <summary>Completes, never faulted, with the answer.</summary>
    public Task Done => _read;

    public static TierAsk Begin(
        int tier, IChunkSource source, in ChunkRequest request, CancellationToken cancellationToken) =>
        new(tier, source, request, cancellationToken);

    /// <summary>The answer, once it is there; its bytes are copied out.</summary>
    public async ValueTask<ChunkReadResult> TakeResultAsync(Memory<byte> destination)
    {
        var result = await _read;
        _bytes.AsMemory(0, result.Length).CopyTo(destination);
        ArrayPool<byte>.Shared.Return(_bytes);
        return result;
    }

    /// <summary>Nobody wants the answer any more; the buffer goes back when the source is done with it.</summary>
    public void Abandon() => _ = _read.ContinueWith(
        static (_, bytes) => ArrayPool<byte>.Shared.Return((byte[])bytes!), _bytes, TaskScheduler.Default);

    private static async Task<ChunkReadResult> ReadAsync(
        IChunkSource source, ChunkRequest request, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(request, bytes, cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or OperationCanceledException)
        {
            return ChunkReadResult.Unavailable;
        }
    }
}
