using System.Diagnostics.CodeAnalysis;

namespace SpotifyCore.Protocol.Shells;

/// <summary>How a loop that polls takes the result of what it found completed.</summary>
internal static class CompletedTasks
{
    /// <summary>The result, or the exception, of a completed task; it must not be touched again.</summary>
    [SuppressMessage("Usage", "VSTHRD002", Justification = "It is completed: nothing waits.")]
    public static T TakeResult<T>(this ValueTask<T> completed) => completed.GetAwaiter().GetResult();
}
