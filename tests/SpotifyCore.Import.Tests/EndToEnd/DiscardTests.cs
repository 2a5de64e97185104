using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>What was removed leaves the masters after the grace time, and comes back when it is imported again.</summary>
public sealed class DiscardTests(ClusterFixture cluster, TestMusic music)
    : IClassFixture<ClusterFixture>, IClassFixture<TestMusic>
{
    // Three files of a track, two copies of each.
    private const int CopiesOfATrack = 6;

    private int Copies => cluster.Masters.Sum(static master => master.Files);

    [Fact]
    public async Task Remove_AfterTheGraceTime_DeletesTheFilesAtAllMastersUntilItIsRestored()
    {
        var folder = Path.Combine(music.Folder, "removed");
        for (var number = 1; number <= 2; number++)
            music.Make($"removed/{number}.flac", 0.3 + (number * 0.1), "-metadata", $"title=Leaves {number}");

        Assert.Equal(2, (await ImportTool.RunAsync(cluster, folder))[^1].GetProperty("imported").GetInt32());
        Assert.Equal(2 * CopiesOfATrack, Copies);
        using var identity = NodeIdentity.Create();
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = cluster.Url });
        var track = await FindAsync(channel, identity);
        await channel.Librarian().RemoveEntryAsync(new RemoveEntryRequest { Id = track.Track_ });

        cluster.Sweep();
        cluster.Time.Advance(TimeSpan.FromDays(29));
        cluster.Sweep();
        await LogInAsync(channel, identity);
        await channel.Librarian().UndoMendAsync(new UndoMendRequest());
        Assert.Equal(track, await FindAsync(channel, identity));
        await channel.Librarian().RemoveEntryAsync(new RemoveEntryRequest { Id = track.Track_ });
        cluster.Sweep();
        cluster.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(2 * CopiesOfATrack, Copies);

        cluster.Sweep();
        await Eventually.TrueAsync(() => Task.FromResult(Copies == CopiesOfATrack), "the masters delete its files");
        await LogInAsync(channel, identity);
        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            channel.Librarian().UndoMendAsync(new UndoMendRequest()).ResponseAsync);
        Assert.Contains("--restore", refused.Status.Detail, StringComparison.Ordinal);

        var summary = (await ImportTool.RunAsync(cluster, folder))[^1];
        Assert.Equal((1, 1), (summary.GetProperty("known").GetInt32(), summary.GetProperty("removed").GetInt32()));
        Assert.Equal(CopiesOfATrack, Copies);

        summary = (await ImportTool.RunAsync(cluster, folder, "--restore"))[^1];
        Assert.Equal((0, 0), (summary.GetProperty("removed").GetInt32(), summary.GetProperty("failed").GetInt32()));
        Assert.Equal(2 * CopiesOfATrack, Copies);
        Assert.Equal(track, await FindAsync(channel, identity));
        Assert.Equal(0, (await ImportTool.RunAsync(cluster, "--verify"))[^1].GetProperty("incomplete").GetInt32());
    }

    private async Task<Track> FindAsync(EndpointChannel channel, NodeIdentity identity)
    {
        await LogInAsync(channel, identity);
        var found = await channel.AccessPoint().SearchAsync(new SearchRequest { Query = "leaves 1" });
        return Assert.Single(found.Tracks);
    }

    private static async Task LogInAsync(EndpointChannel channel, NodeIdentity identity)
    {
        channel.Session = null;
        channel.Session = (await ImportEndToEndTests.LogInAsync(channel, identity, ClusterFixture.Name)).Session;
    }
}
