using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>A client that was ended in the middle of a queue goes on where it was.</summary>
[Collection(PlayingGroup.Name)]
public sealed class RestartTests(TestNetwork network)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_AfterTheMiddleOfAQueue_IsWhereItWas(bool paused)
    {
        Tune[] tunes =
        [
            await network.Press.MakeAsync($"Before {paused}", 30, seed: 700 + (paused ? 3 : 0)),
            await network.Press.MakeAsync($"Here {paused}", 30, seed: 701 + (paused ? 3 : 0)),
            await network.Press.MakeAsync($"Afterwards {paused}", 30, seed: 702 + (paused ? 3 : 0)),
        ];
        var folder = $"restart {paused}";
        await using (var client = await TestClient.StartAsync(network, folder, "null"))
        {
            await client.Client.SetVolumeAsync(40);
            await client.Client.SetRepeatAsync(RepeatMode.All);
            await client.Client.PlayAsync([.. tunes.Select(tune => tune.Id)]);
            await client.Client.NextAsync();
            await Eventually.TrueAsync(
                async () => await client.Client.GetStatusAsync() is { State: PlayerState.Playing } status
                    && status.Track!.Id == tunes[1].Id,
                "the second plays");
            await client.Client.SeekAsync(TimeSpan.FromSeconds(12));
            if (paused)
                await client.Client.PauseAsync();
        }

        await using var again = await TestClient.StartAsync(network, folder, "null", logIn: false);
        var restored = await again.Client.GetStatusAsync();
        Assert.Equal((tunes[1].Id, $"Here {paused}"), (restored.Track!.Id, restored.Track.Title));
        Assert.InRange(restored.Position.TotalSeconds, 11.5, 30);
        Assert.Equal((1, RepeatMode.All, 40), (restored.Queued, restored.Repeat, restored.Volume));
        Assert.Equal(tunes[1..].Select(tune => tune.Id), (await again.Client.GetQueueAsync()).Select(queued => queued.Track.Id));
        Assert.Equal(paused, restored.State == PlayerState.Paused);
        if (paused)
            await again.Client.ResumeAsync();

        await Eventually.TrueAsync(
            async () => await again.Client.GetStatusAsync() is { State: PlayerState.Playing }, "it goes on");

        // Goes to the start first, and once more as long as three seconds of it were heard meanwhile.
        await Eventually.TrueAsync(
            async () =>
            {
                await again.Client.PreviousAsync();
                return (await again.Client.GetStatusAsync()).Track!.Id == tunes[0].Id;
            },
            "the one before plays");
        await again.Client.StopAsync();
    }

    [Fact]
    public async Task Start_WithoutTheAccessPoint_WaitsAndResumesByItself()
    {
        var tune = await network.Press.MakeAsync("Patience", 60, seed: 710);
        await using (var client = await TestClient.StartAsync(network, "patience", "null"))
        {
            await client.Client.PlayAsync(tune.Id);
            await client.Client.SeekAsync(TimeSpan.FromSeconds(40));
            await client.Client.PauseAsync();
            await client.Client.ResumeAsync();
        }

        // As if nothing of the track had come in time: what is missing can't be known without the access point.
        Directory.Delete(Path.Combine(network.Folder("patience"), "cache"), recursive: true);
        Directory.Delete(Path.Combine(network.Folder("patience"), "tracks"), recursive: true);
        await network.StopAccessPointAsync();
        try
        {
            await using var again = await TestClient.StartAsync(network, "patience", "null", logIn: false);
            await Eventually.TrueAsync(
                async () => await again.Client.GetStatusAsync()
                    is { State: PlayerState.Waiting, WaitsFor: WaitReason.AccessPoint, Position.TotalSeconds: > 39 },
                "it waits for the access point");
            await network.StartAccessPointAsync();
            await Eventually.TrueAsync(
                async () => await again.Client.GetStatusAsync()
                    is { State: PlayerState.Playing, Problem: "", Position.TotalSeconds: > 39 },
                "it resumes by itself");
            await again.Client.StopAsync();
        }
        catch
        {
            await network.StopAccessPointAsync();
            await network.StartAccessPointAsync();
            throw;
        }
    }

    [Fact]
    public async Task Start_AfterALogout_KnowsNothing()
    {
        var tune = await network.Press.MakeAsync("Forgotten", 20, seed: 711);
        await using (var client = await TestClient.StartAsync(network, "forgotten", "null"))
        {
            await client.Client.PlayAsync(tune.Id);
            await client.Client.LogOutAsync();
        }

        await using var again = await TestClient.StartAsync(network, "forgotten", "null", logIn: false);
        Assert.Empty(await again.Client.GetQueueAsync());
        Assert.Equal(PlayerState.Stopped, (await again.Client.GetStatusAsync()).State);
    }
}
