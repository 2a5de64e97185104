using SpotifyCore.Content.Tasks;

namespace SpotifyCore.Micro;

/// <summary>
/// Asynchronous operations in benchmarks, whose methods are not: those that end at once, and those that are waited
/// for.
/// </summary>
internal static class Completed
{
#pragma warning disable VSTHRD002 // A benchmark has no context that could be blocked.
    public static T Now<T>(this ValueTask<T> task) =>
        task.TryTakeResult(out var result) ? result : throw new InvalidOperationException("It did not end at once.");

    public static T Wait<T>(this ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    public static void Wait(this ValueTask task) => task.AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    public static void Now(this ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
            throw new InvalidOperationException("It did not end at once.");
    }
}
