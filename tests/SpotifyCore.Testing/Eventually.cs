using System.Runtime.CompilerServices;
using Xunit;

namespace SpotifyCore.Testing;

/// <summary>Waits for what must come to pass, looking again and again; how long it takes does not matter.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns once something holds; fails, saying what, if it still does not on a broken machine.</summary>
    public static Task TrueAsync(
        Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        TrueAsync(() => Task.FromResult(holds()), what);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string)"/>
    public static async Task TrueAsync(
        Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        using var patience = new CancellationTokenSource(Limit);
        using var again = new PeriodicTimer(Pause);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"It never came to this: {what}");
            await again.WaitForNextTickAsync();
        }
    }
}
