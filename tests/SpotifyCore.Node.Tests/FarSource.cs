using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests;

/// <summary>
/// A far tier that holds files in memory, counts what it is asked for and can be held up or made to fail.
/// </summary>
internal sealed class FarSource(params TestFile[] files) : IChunkSource, IManifestSource
{
    private TaskCompletionSource _gate = Opened();

    /// <summary>How often each chunk was asked for.</summary>
    public ConcurrentDictionary<ChunkId, int> Asked { get; } = new();

    /// <summary>How often a manifest was asked for.</summary>
    public int ManifestsAsked;

    /// <summary>Reads that were given up.</summary>
    public int Cancelled;

    /// <summary>What it answers instead of chunks, when set.</summary>
    public ChunkReadResult? Answer { get; set; }

    /// <summary>What it throws, when set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Chunks in the longest answer.</summary>
    public int LongestAnswer { get; set; } = int.MaxValue;

    /// <summary>The requests, in order.</summary>
    public ConcurrentQueue<ChunkRequest> Requests { get; } = new();

    /// <summary>Holds up every read until <see cref="Open"/>.</summary>
    public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _gate.TrySetResult();

    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        AnswerAsync(request, destination, cancellationToken);

    public async ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref ManifestsAsked);
        await _gate.Task.WaitAsync(cancellationToken);
        return Failure is null ? files.FirstOrDefault(held => held.Id == file)?.Manifest : throw Failure;
    }

    private async ValueTask<ChunkReadResult> AnswerAsync(
        ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        for (uint i = 0; i < request.Count; i++)
            Asked.AddOrUpdate(new ChunkId(request.File, request.First + i), 1, static (_, count) => count + 1);

        try
        {
            await _gate.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref Cancelled);
            throw;
        }

        if (Failure is not null)
            throw Failure;

        var file = files.FirstOrDefault(held => held.Id == request.File);
        if (Answer is { } answer || file is null)
            return Answer ?? ChunkReadResult.NotFound;

        var length = 0;
        var end = Math.Min(file.Manifest.ChunkCount, request.First + Math.Min(request.Count, LongestAnswer));
        for (var i = request.First; i < end; i++)
        {
            file.Bytes(i).CopyTo(destination[length..]);
            length += file.Manifest.LengthOf(i);
        }

        return length > 0 ? ChunkReadResult.Found(length, Tier.None) : ChunkReadResult.NotFound;
    }

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }
}
