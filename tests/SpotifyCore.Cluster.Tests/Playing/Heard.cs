using SpotifyCore.Client;
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Sound;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>What a client in this process played, sample by sample, and from where.</summary>
internal sealed record Heard(Pcm Sound, IReadOnlyList<PlayReport> Plays)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>The first track's report.</summary>
    public PlayReport Play => Plays[0];

    /// <summary>Plays tracks with a new client, as fast as they decode, into a file.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="bitsPerSecond">In which quality.</param>
    /// <param name="meanwhile">What happens while it plays: once sound has begun, until done.</param>
    /// <param name="tracks">What.</param>
    public static async Task<Heard> ListenAsync(
        TestCluster cluster, int bitsPerSecond, Func<SpotifyClient, Task>? meanwhile, params TrackId[] tracks)
    {
        var path = cluster.Work[$"{Guid.NewGuid():n}.wav"];
        using var patience = new CancellationTokenSource(Patience);
        ClientStatistics statistics;
        await using (var client = await SpotifyClient.StartAsync(cluster.ClientOptions($"wav:{path}", bitsPerSecond)))
        {
            await client.LogInAsync("anna", TestCluster.Password, patience.Token);
            await client.PlayAsync(tracks);
            if (meanwhile is not null)
                await meanwhile(client);

            await client.WhenStoppedAsync(patience.Token);
            Assert.Empty((await client.GetStatusAsync()).Problem);
            statistics = await client.GetStatisticsAsync();
        }

        return new Heard(Pcm.FromWav(path), statistics.Plays);
    }

    /// <summary>As the other, in the usual quality.</summary>
    public static Task<Heard> ListenAsync(
        TestCluster cluster, TrackId track, Func<SpotifyClient, Task>? meanwhile = null) =>
        ListenAsync(cluster, 160_000, meanwhile, track);
}
