namespace SpotifyCore.Client.Running;

/// <summary>A function that somebody off the loop waits for.</summary>
internal sealed class LoopCall<T>(Func<T> function) : IWorkItem
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public void Run()
    {
        try
        {
            _result.SetResult(function());
        }
        catch (Exception failure)
        {
            _result.SetException(failure);
        }
    }
}
