using Grpc.Core;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What one device of an account plays goes on at another.</summary>
public sealed class HandoverTests(TakeoverTests.OneStreamNetwork network) : IClassFixture<TakeoverTests.OneStreamNetwork>
{
    [Fact]
    public async Task PlayHere_WhatAnotherDevicePlays_GoesOnWhereItIsThere()
    {
        var first = await network.Press.MakeAsync("First of three", 60, seed: 171);
        var second = await network.Press.MakeAsync("Second of three", 120, seed: 172);
        var third = await network.Press.MakeAsync("Third of three", 60, seed: 173);
        await using var desk = await StartAsync("handing desk");
        await using var kitchen = await StartAsync("taking kitchen");
        await desk.Client.PlayAsync([first.Id, second.Id, third.Id]);
        await desk.Client.NextAsync();
        await desk.Client.SetRepeatAsync(RepeatMode.All);
        await desk.Client.SeekAsync(TimeSpan.FromSeconds(40));
        await WhenPlayingAsync(desk, second, TimeSpan.FromSeconds(40));

        await WhenKeptAsync(static kept => kept is { Playback: { Current: 1, PositionMs: >= 40_000, Repeat: PlaybackRepeat.All } });

        var taken = await kitchen.Client.Handover.PlayHereAsync();

        Assert.Equal((second.Id, "handing desk"), (taken.Play.Track, taken.Device));
        Assert.InRange(taken.Position, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(110));
        await WhenPlayingAsync(kitchen, second, TimeSpan.FromSeconds(40));
        var status = await kitchen.Client.GetStatusAsync();
        Assert.Equal(("Second of three", RepeatMode.All), (status.Track?.Title, status.Repeat));
        Assert.Equal(["Second of three", "Third of three"], (await kitchen.Client.GetQueueAsync()).Select(static queued => queued.Track.Title));
        await Eventually.TrueAsync(
            async () => await desk.Client.GetStatusAsync() is { State: PlayerState.Paused, TakenBy: "taking kitchen" },
            "the desk is paused");

        await WhenKeptAsync(static kept => kept?.Device == "taking kitchen");

        // And back: what the desk says of its pause is not what the account plays.
        var back = await desk.Client.Handover.PlayHereAsync();
        Assert.Equal((second.Id, "taking kitchen"), (back.Play.Track, back.Device));
    }

    [Fact]
    public async Task PlayHere_WhereItPlaysAlready_IsRefused()
    {
        var tune = await network.Press.MakeAsync("Here already", 60, seed: 174);
        await using var desk = await StartAsync("only desk");
        await desk.Client.PlayAsync([tune.Id]);
        await WhenKeptAsync(static kept => kept?.Device == "only desk");

        var refused = await Assert.ThrowsAsync<PlaybackException>(() => desk.Client.Handover.PlayHereAsync());
        Assert.Equal("The account plays on this device.", refused.Message);
        Assert.Equal(PlayerState.Playing, (await desk.Client.GetStatusAsync()).State);
    }

    [Fact]
    public async Task PlayHere_OnceTheDeviceHasEnded_GoesOnWhereItEnded()
    {
        var tune = await network.Press.MakeAsync("Left at home", 300, seed: 176);
        await using var laptop = await StartAsync("laptop");
        await using (var desk = await StartAsync("ending desk"))
        {
            await desk.Client.PlayAsync([tune.Id]);
            await desk.Client.SeekAsync(TimeSpan.FromSeconds(100));
            await WhenPlayingAsync(desk, tune, TimeSpan.FromSeconds(100));
            await WhenKeptAsync(static kept => kept is { Device: "ending desk", Playback.PositionMs: >= 100_000 });
            await WhenPlayingAsync(desk, tune, TimeSpan.FromSeconds(102));
        }

        await WhenKeptAsync(static kept => kept is { Device: "ending desk", Playback: { Playing: false, PositionMs: >= 102_000 } });
        var taken = await laptop.Client.Handover.PlayHereAsync();

        Assert.Equal((tune.Id, "ending desk"), (taken.Play.Track, taken.Device));
        Assert.InRange(taken.Position, TimeSpan.FromSeconds(102), TimeSpan.FromSeconds(160));
    }

    [Fact]
    public async Task PlayHere_OnceItWasStoppedThere_HasNothing()
    {
        var tune = await network.Press.MakeAsync("Stopped there", 60, seed: 175);
        await using var desk = await StartAsync("stopping desk");
        await using var kitchen = await StartAsync("late kitchen");
        await desk.Client.PlayAsync([tune.Id]);
        await WhenKeptAsync(static kept => kept?.Device == "stopping desk");

        await desk.Client.StopAsync();
        await WhenKeptAsync(static kept => kept is null);

        var refused = await Assert.ThrowsAsync<AccessPointException>(() => kitchen.Client.Handover.PlayHereAsync());
        Assert.Equal("The account has played nothing that could go on here.", refused.Message);
    }

    private async Task WhenKeptAsync(Predicate<KeptPlayback?> isKept)
    {
        using var identity = NodeIdentity.Create();
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = network.Url });
        channel.Session = (await TestPress.LogInAsync(channel, identity, TestNetwork.Listener)).Session;
        await Eventually.TrueAsync(async () => isKept(await FindAsync(channel)), "the access point keeps what plays");
    }

    private static async Task<KeptPlayback?> FindAsync(EndpointChannel channel)
    {
        try
        {
            return await channel.Handover().GetPlaybackAsync(new GetPlaybackRequest());
        }
        catch (RpcException none) when (none.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private static Task WhenPlayingAsync(TestClient client, Tune tune, TimeSpan position) => Eventually.TrueAsync(
        async () => await client.Client.GetStatusAsync() is { State: PlayerState.Playing, Track: { } track } status
            && track.Id == tune.Id && status.Position >= position,
        "it plays what it should");

    private Task<TestClient> StartAsync(string name)
    {
        var options = TestClient.Options(network, name, "null");
        options.DeviceName = name;
        return TestClient.StartAsync(options);
    }
}
