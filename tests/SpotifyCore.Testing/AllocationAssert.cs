using Xunit;

namespace SpotifyCore.Testing;

/// <summary>Holds the promise that a hot path allocates nothing. Meaningful in Release only.</summary>
public static class AllocationAssert
{
    private const int WarmUps = 200;
    private const int Rounds = 1_000;

    /// <summary>Fails when <paramref name="action"/>, warmed up, allocates on the calling thread.</summary>
    public static void None(Action action)
    {
        for (var i = 0; i < WarmUps; i++)
            action();

        // A collection that another test sets off meanwhile makes this thread's count jump, hence the least of some.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Rounds; i++)
                action();

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    /// <summary>As <see cref="None(Action)"/>, with the subject passed in so that the delegate can be static.</summary>
    public static void None<T>(T subject, Action<T> action) => None(() => action(subject));

    /// <summary>
    /// Fails when <paramref name="action"/>, warmed up, allocates on any thread as much as a byte an operation, which the
    /// smallest object exceeds twentyfold: for paths that cross threads, where the runtime and the test host add a
    /// little of their own, some kilobytes a second. The more of that falls into a round the slower the machine is, so
    /// the attempts are short and many: between two of its allocations there is room for one. Call it off the test
    /// framework's context, which allocates too.
    /// </summary>
    /// <param name="action">A round of it.</param>
    /// <param name="rounds">How many of them warm it up; an attempt has a tenth of that.</param>
    /// <param name="operations">How many operations a round is, such as the chunks it transfers.</param>
    public static async Task NoneAcrossThreadsAsync(Func<ValueTask> action, int rounds = Rounds, int operations = 1)
    {
        for (var i = 0; i < rounds; i++)
            await action();

        var few = Math.Max(1, rounds / 10);
        var allowed = (few * operations) - 1;
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 200 && least > allowed; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < few; i++)
                await action();

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, allowed);
    }
}
