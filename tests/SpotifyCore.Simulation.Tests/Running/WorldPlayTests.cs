using SpotifyCore.Content.Sources;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Tests.Running;

public sealed class WorldPlayTests
{
    [Fact]
    public void Play_ColdFromNode_SoundsToItsEnd()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(60));
        var client = world.AddClient(new ClientSpec());
        var plays = Record(world);
        client.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(2));

        client.Play(track);
        world.RunFor(TimeSpan.FromSeconds(70));

        var play = Assert.Single(plays);
        Assert.True(play is { IsComplete: true, IsClick: true, Stutters: 0 });
        Assert.InRange(play.Start!.Value.TotalMilliseconds, 60, 250);
        Assert.InRange(play.Listened.TotalSeconds, 59.9, 60.1);
        Assert.Equal(world.Tracks.LengthOf(track), play.Bytes.Played(Tier.Production));
        Assert.True(client.Holds(track));
        Assert.Empty(world.Checks.Violations);
    }

    [Fact]
    public void Play_SecondListener_TakesMostFromTheFirst()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(180));
        var first = world.AddClient(new ClientSpec());
        var second = world.AddClient(new ClientSpec());
        var plays = Record(world);
        first.ComeOnline();
        second.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(2));
        world.Fill(first, track, announced: true);

        second.Play(track);
        world.RunFor(TimeSpan.FromSeconds(200));

        var play = Assert.Single(plays);
        Assert.True(play is { IsComplete: true, Stutters: 0, TrackerFound: true, OverlayFound: true });
        Assert.True(play.Bytes.Played(Tier.Peers) > world.Tracks.LengthOf(track) / 2);
        Assert.Equal(play.Bytes.Fetched(Tier.Peers), first.UploadedBytes);
        Assert.Empty(world.Checks.Violations);
    }

    [Fact]
    public void Play_FromTheCache_StartsAtOnceWithoutTheNetwork()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(60));
        var client = world.AddClient(new ClientSpec());
        var plays = Record(world);
        world.Fill(client, track);
        client.ComeOnline();

        client.Play(track);
        world.RunFor(TimeSpan.FromSeconds(70));

        var play = Assert.Single(plays);
        Assert.True(play is { IsComplete: true, Stutters: 0 });
        Assert.InRange(play.Start!.Value.TotalMilliseconds, 1, 10);
        Assert.Equal(world.Tracks.LengthOf(track), play.Bytes.Played(Tier.Cache));
        Assert.Empty(world.Checks.Violations);
    }

    [Fact]
    public void Enqueue_ThreeTracks_FollowWithoutAGap()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        world.AddStorageNode(new NodeSpec { HoldsAll = true });
        int[] tracks = [.. Enumerable.Range(0, 3).Select(_ => world.Tracks.Add(TimeSpan.FromSeconds(60)))];
        var client = world.AddClient(new ClientSpec());
        var plays = Record(world);
        client.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(2));

        foreach (var track in tracks)
            client.Enqueue(track);

        world.RunFor(TimeSpan.FromSeconds(190));

        Assert.Equal(tracks, plays.Select(play => play.Track));
        Assert.Equal([true, false, false], plays.Select(play => play.IsClick));
        Assert.All(plays.Skip(1), play => Assert.Equal(TimeSpan.Zero, play.Start));
        Assert.All(plays, play => Assert.True(play is { IsComplete: true, Stutters: 0 }));
        Assert.Empty(world.Checks.Violations);
    }

    [Fact]
    public void Skip_ToAnAnnouncedTrack_BeginsItByAClick()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        world.AddStorageNode(new NodeSpec { HoldsAll = true });
        int[] tracks = [.. Enumerable.Range(0, 2).Select(_ => world.Tracks.Add(TimeSpan.FromSeconds(60)))];
        var client = world.AddClient(new ClientSpec());
        var plays = Record(world);
        client.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(2));
        client.Play(tracks[0]);
        client.SetNext(tracks[1]);
        world.RunFor(TimeSpan.FromSeconds(10));

        client.Skip();
        world.RunFor(TimeSpan.FromSeconds(20));
        client.Seek(TimeSpan.FromSeconds(50));
        world.RunFor(TimeSpan.FromSeconds(15));

        Assert.Equal(tracks, plays.Select(play => play.Track));
        Assert.False(plays[0].IsComplete);
        Assert.InRange(plays[0].Listened.TotalSeconds, 9, 10);
        Assert.Equal((true, true, 0), (plays[1].IsComplete, plays[1].IsClick, plays[1].Stutters));
        Assert.InRange(plays[1].Listened.TotalSeconds, 28, 31);
        Assert.Empty(world.Checks.Violations);
    }

    private static List<PlayRecord> Record(World world)
    {
        var plays = new List<PlayRecord>();
        world.PlayFinished += (in PlayRecord play) => plays.Add(play);
        return plays;
    }
}
