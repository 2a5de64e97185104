using System.Threading.Tasks.Sources;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// A read of chunks, used again and again. It goes on through the thread pool, so that no caller holds the link up;
/// what it verifies, it verifies on the caller's thread.
/// </summary>
internal sealed class ClientRead(
    ClientLink link) : ClientOperation, IValueTaskSource<ChunkReadResult>, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<ChunkReadResult> _core;
    private CancellationTokenRegistration _registration;
    private Memory<byte> _destination;
    private Manifest? _manifest;
    private ChunkReadResult _result;
    private Exception? _error;
    private int _received;
    private Tier _tier;

    /// <summary>Prepares for a read.</summary>
    public void Reset(in PeerMessage request, Manifest? manifest, Memory<byte> destination)
    {
        _core.Reset();
        _manifest = manifest;
        _destination = destination;
        (_received, _tier, _error) = (0, Tier.None, null);
        Request = request;
    }

    /// <summary>The read, once it has begun.</summary>
    public ValueTask<ChunkReadResult> WaitAsync(CancellationToken cancellationToken)
    {
        _registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((ClientRead)state!).GiveUp(token), this);
        return new ValueTask<ChunkReadResult>(this, _core.Version);
    }

    public override void Take(in PeerMessage answer, ReadOnlySpan<byte> payload, bool ends)
    {
        if (answer.Kind == PeerMessageKind.ChunkData)
        {
            var start = (int)(answer.Chunk - Request.Chunk) * Manifest.ChunkSize;
            payload.CopyTo(_destination.Span[(start + (int)answer.Offset)..]);
            if (answer.IsLastPiece)
                _received = start + (int)answer.Total;
            if (answer.Tier > _tier)
                _tier = answer.Tier;
        }

        if (ends)
            Finish(answer.Kind);
    }

    public override void End(ProtocolCode code) =>
        Finish(code == ProtocolCode.TooBusy ? PeerMessageKind.Busy : PeerMessageKind.Error);

    public override void Cancel(CancellationToken cancellationToken)
    {
        _error = new OperationCanceledException(cancellationToken);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_error is { } error)
            _core.SetException(error);
        else
            _core.SetResult(_result);
    }

    ChunkReadResult IValueTaskSource<ChunkReadResult>.GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("The read is not over.");

        _registration.Dispose();
        try
        {
            var result = _core.GetResult(token);
            return _manifest is null || IsGenuine(_manifest, result.Length) ? result : link.Distrust();
        }
        finally
        {
            (_destination, _manifest, _registration) = (default, null, default);
            link.Reads.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<ChunkReadResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<ChunkReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    // What came before the end is of use.
    private void Finish(PeerMessageKind last)
    {
        _result = last switch
        {
            _ when _received > 0 => ChunkReadResult.Found(_received, _tier, link.RemoteId),
            PeerMessageKind.NotFound => ChunkReadResult.NotFound,
            PeerMessageKind.Busy => ChunkReadResult.Busy,
            _ => ChunkReadResult.Unavailable,
        };
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void GiveUp(CancellationToken token) => link.GiveUp([this], token);

    private bool IsGenuine(Manifest manifest, int length)
    {
        for (var start = 0; start < length; start += Manifest.ChunkSize)
        {
            var chunk = _destination.Span[start..Math.Min(length, start + Manifest.ChunkSize)];
            if (!ChunkVerifier.Matches(manifest, Request.Chunk + (uint)(start / Manifest.ChunkSize), chunk))
                return false;
        }

        return true;
    }
}
