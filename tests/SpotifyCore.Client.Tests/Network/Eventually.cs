namespace SpotifyCore.Client.Tests.Network;

/// <summary>Waits for what must come to pass, looking again and again; how long it takes does not matter.</summary>
internal static class Eventually
{
    public static Task TrueAsync(Func<bool> holds, string what) => TrueAsync(() => Task.FromResult(holds()), what);

    public static async Task TrueAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"It never came to this: {what}");
            await again.WaitForNextTickAsync();
        }
    }
}
