namespace SpotifyCore.Cluster.Tests;

/// <summary>Waits for what must come about, for as long as a broken machine might need.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
            await Task.Delay(5, limit.Token);
    }
}
