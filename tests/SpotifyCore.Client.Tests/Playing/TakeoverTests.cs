using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>An account plays on one device at a time.</summary>
public sealed class TakeoverTests(TakeoverTests.OneStreamNetwork network) : IClassFixture<TakeoverTests.OneStreamNetwork>
{
    [Fact]
    public async Task Play_OnAnotherDevice_PausesTheFirstAndSaysWhere()
    {
        var tune = await network.Press.MakeAsync("Taken along", 120, seed: 61);
        await using var desk = await StartAsync("desk");
        await using var kitchen = await StartAsync("kitchen");

        await desk.Client.PlayAsync([tune.Id]);
        await kitchen.Client.PlayAsync([tune.Id]);
        await Eventually.TrueAsync(() => IsPausedForAsync(desk, "kitchen"), "the desk is paused");
        Assert.Equal(PlayerState.Playing, (await kitchen.Client.GetStatusAsync()).State);

        await desk.Client.ResumeAsync();
        await Eventually.TrueAsync(() => IsPausedForAsync(kitchen, "desk"), "the kitchen is paused");
        var status = await desk.Client.GetStatusAsync();
        Assert.Equal((PlayerState.Playing, null), (status.State, status.TakenBy));
    }

    [Fact]
    public async Task Start_OfADeviceThatPlayedBefore_LeavesTheOtherAlone()
    {
        var tune = await network.Press.MakeAsync("Left behind", 120, seed: 62);
        await using var phone = await StartAsync("phone");
        await using (var desk = await StartAsync("restarted"))
            await desk.Client.PlayAsync([tune.Id]);

        await phone.Client.PlayAsync([tune.Id]);
        await using var again = await StartAsync("restarted", logIn: false);

        await Eventually.TrueAsync(() => IsPausedForAsync(again, "phone"), "what was restored is paused");
        Assert.Equal(PlayerState.Playing, (await phone.Client.GetStatusAsync()).State);
    }

    private static async Task<bool> IsPausedForAsync(TestClient client, string device) =>
        await client.Client.GetStatusAsync() is { State: PlayerState.Paused, TakenBy: { } by } && by == device;

    private Task<TestClient> StartAsync(string name, bool logIn = true)
    {
        var options = TestClient.Options(network, name, "null");
        options.DeviceName = name;
        return TestClient.StartAsync(options, logIn);
    }

    public sealed class OneStreamNetwork : TestNetwork
    {
        protected override bool OneStreamPerAccount => true;
    }
}
