using System.Diagnostics.CodeAnalysis;

namespace SpotifyCore.Content.Tasks;

/// <summary>
/// How a loop that polls, or a fast path, takes what is there already. A task whose result was taken must not be touched
/// again.
/// </summary>
[SuppressMessage("Usage", "VSTHRD002", Justification = "It is completed: nothing waits.")]
public static class CompletedTasks
{
    /// <summary>The result, or the exception, of a completed task.</summary>
    public static T TakeResult<T>(this ValueTask<T> completed) => completed.GetAwaiter().GetResult();

    /// <summary>Nothing, or the exception, of a completed task.</summary>
    public static void TakeResult(this ValueTask completed) => completed.GetAwaiter().GetResult();

    /// <summary>Takes the result if the task has ended with one; else it is still to be awaited.</summary>
    public static bool TryTakeResult<T>(this ValueTask<T> task, [MaybeNullWhen(false)] out T result)
    {
        var isThere = task.IsCompletedSuccessfully;
        result = isThere ? task.TakeResult() : default;
        return isThere;
    }
}
