namespace SpotifyCore.Client.Listening;

/// <summary>
/// A click whose track is being opened while something else plays. Owned by the loop but for its wait.
/// </summary>
internal sealed class OpeningClick
{
    private readonly TaskCompletionSource _calledOff = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why it was called off; null when it was not.</summary>
    public string? Reason { get; private set; }

    /// <summary>Completes when it is called off.</summary>
    public Task CalledOff => _calledOff.Task;

    /// <summary>It is not to play.</summary>
    public void CallOff(string reason)
    {
        Reason = reason;
        _calledOff.TrySetResult();
    }
}
