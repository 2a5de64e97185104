using System.Diagnostics.CodeAnalysis;

namespace SpotifyCore.Node.Tiers;

/// <summary>How fast paths look at an answer that may be there already.</summary>
internal static class ValueTaskResults
{
    /// <summary>Takes the result if there is one; the task is then used up. Else it is still to be awaited.</summary>
    public static bool TryTake<T>(this ValueTask<T> task, [MaybeNullWhen(false)] out T result)
    {
        var isThere = task.IsCompletedSuccessfully;
#pragma warning disable VSTHRD002 // Nothing is waited for: the result is there.
        result = isThere ? task.Result : default;
#pragma warning restore VSTHRD002
        return isThere;
    }
}
