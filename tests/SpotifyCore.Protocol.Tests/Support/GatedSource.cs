using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>A source whose reads wait until the test lets them go on.</summary>
internal sealed class GatedSource(IChunkSource inner) : IChunkSource
{
    private readonly ConcurrentDictionary<ChunkId, TaskCompletionSource> _gates = new();
    private readonly SemaphoreSlim _asked = new(0);

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<ChunkRequest> Asked { get; } = new();

    /// <summary>Lets reads of this chunk wait.</summary>
    public void Close(ChunkId chunk) =>
        _gates[chunk] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open(ChunkId chunk) => _gates[chunk].TrySetResult();

    public void Break(ChunkId chunk, Exception failure) => _gates[chunk].TrySetException(failure);

    /// <summary>Waits until another read began.</summary>
    public Task NextAskedAsync() => _asked.WaitAsync();

    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue(request);
        _asked.Release();
        return _gates.TryGetValue(new ChunkId(request.File, request.First), out var gate)
            ? WaitAsync(gate.Task, request, destination, cancellationToken)
            : inner.ReadAsync(request, destination, cancellationToken);
    }

    private async ValueTask<ChunkReadResult> WaitAsync(
        Task gate, ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return await inner.ReadAsync(request, destination, cancellationToken);
    }
}
