using SpotifyCore.Content.Sources;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Tests.Network;

public sealed class LineTests
{
    [Fact]
    public void Play_RoundTrip_CostsWhatAColdStartNeeds()
    {
        var near = StartOf(TimeSpan.FromMilliseconds(10));
        var far = StartOf(TimeSpan.FromMilliseconds(110));

        // A call of the access point, a request, and the rest of the first chunk beyond the first window.
        Assert.InRange((far - near).TotalMilliseconds, 295, 305);
    }

    [Fact]
    public void Play_SlowLine_TakesAsLongAsItsBytes()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(100));
        var client = world.AddClient(new ClientSpec { DownBytesPerSecond = 30_000 });
        client.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(1));
        client.Play(track);

        world.RunFor(TimeSpan.FromSeconds(20));

        // What is bought of the line: all but headers, and what is still on its way.
        Assert.InRange(client.CachedBytes, 500_000, 600_000);
    }

    [Fact]
    public void Upload_TwoTakers_ShareTheLineEvenly()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(200));
        var giver = world.AddClient(new ClientSpec { UpBytesPerSecond = 200_000 });
        SimClient[] takers = [world.AddClient(new ClientSpec()), world.AddClient(new ClientSpec())];
        world.Fill(giver, track, announced: false);
        foreach (var client in (SimClient[])[giver, .. takers])
            client.ComeOnline();

        world.RunFor(TimeSpan.FromSeconds(2));
        foreach (var taker in takers)
            taker.Play(track);

        world.RunFor(TimeSpan.FromSeconds(15));

        var (one, other) = (takers[0].CachedBytes, takers[1].CachedBytes);
        Assert.True(one > 200_000);
        Assert.InRange(one / (double)other, 0.7, 1.4);
        Assert.True(giver.SentBytes < 200_000 * 16);
        Assert.Empty(world.Checks.Violations);
    }

    [Fact]
    public void Stop_ChunkOnItsWay_IsNotSentToItsEnd()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(200));
        var giver = world.AddClient(new ClientSpec { UpBytesPerSecond = 20_000 });
        var taker = world.AddClient(new ClientSpec());
        world.Fill(giver, track, announced: false);
        giver.ComeOnline();
        taker.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(2));
        taker.Play(track);
        world.RunFor(TimeSpan.FromSeconds(10));
        var before = giver.SentBytes;

        taker.Stop();
        world.RunFor(TimeSpan.FromSeconds(10));
        var given = giver.SentBytes;
        taker.Play(track);
        world.RunFor(TimeSpan.FromSeconds(20));

        // Counted is what had left of the chunk, and it would have been through by now. Nobody is banned for it.
        Assert.InRange(given - before, 1, 15_000);
        Assert.True(taker.CachedBytes > 0);
        Assert.Empty(world.Checks.Violations);
    }

    [Fact]
    public void CutOff_MidPlay_WhatWasSentArrivesAfterwards()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(100));
        var client = world.AddClient(new ClientSpec());
        var plays = new List<PlayRecord>();
        world.PlayFinished += (in PlayRecord play) => plays.Add(play);
        client.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(1));
        client.Play(track);
        world.RunFor(TimeSpan.FromSeconds(10));

        client.CutOffUntil(world.Now + TimeSpan.FromSeconds(5));
        world.RunFor(TimeSpan.FromSeconds(110));

        var play = Assert.Single(plays);
        Assert.Equal((true, 0), (play.IsComplete, play.Stutters));
        Assert.Empty(world.Checks.Violations);
    }

    [Fact]
    public void Liar_WrongBytes_ReachNobodysEars()
    {
        var world = new World(new WorldOptions { ChecksAll = true });
        world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(100));
        var liar = world.AddClient(new ClientSpec { Lies = LieKind.WrongBytes });
        var listener = world.AddClient(new ClientSpec());
        var plays = new List<PlayRecord>();
        world.PlayFinished += (in PlayRecord play) => plays.Add(play);
        liar.ComeOnline();
        listener.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(1));
        world.AccessPoint.Announce(liar, track);

        listener.Play(track);
        world.RunFor(TimeSpan.FromSeconds(110));

        var play = Assert.Single(plays);
        Assert.True(play is { IsComplete: true, Stutters: 0 });
        Assert.True(play.Bytes.WrongBytes > 0);
        Assert.Equal(0, play.Bytes.Played(Tier.Peers));
        Assert.Empty(world.Checks.Violations);
    }

    private static TimeSpan StartOf(TimeSpan roundTrip)
    {
        var world = new World(new WorldOptions { RoundTripWithin = roundTrip });
        world.AddStorageNode(new NodeSpec { HoldsAll = true });
        var track = world.Tracks.Add(TimeSpan.FromSeconds(20));
        var client = world.AddClient(new ClientSpec());
        var start = TimeSpan.Zero;
        world.PlayFinished += (in PlayRecord play) => start = play.Start!.Value;
        client.ComeOnline();
        world.RunFor(TimeSpan.FromSeconds(2));
        client.Play(track);
        world.RunFor(TimeSpan.FromSeconds(25));
        return start;
    }
}
