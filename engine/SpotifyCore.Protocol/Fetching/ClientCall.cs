using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>A request with one answer.</summary>
/// <typeparam name="TResult">What the answer is turned into.</typeparam>
internal abstract class ClientCall<TResult> : ClientOperation
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer.</summary>
    public Task<TResult> Task => _done.Task;

    public override void End(ProtocolCode code) => Finish(WithoutAnswer(code));

    public override void Cancel(CancellationToken cancellationToken) => _done.TrySetCanceled(cancellationToken);

    /// <summary>What the caller gets when there is no answer.</summary>
    protected abstract TResult WithoutAnswer(ProtocolCode code);

    protected void Finish(TResult result) => _done.TrySetResult(result);
}
