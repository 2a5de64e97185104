using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>An account plays on one device at a time, at one access point and at two.</summary>
public sealed class TakeoverTests(TakeoverTests.OneStreamNetwork network) : IClassFixture<TakeoverTests.OneStreamNetwork>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Play_OnAnotherDevice_PausesTheFirstAndSaysWhere(bool isAtTheOther)
    {
        var tune = await network.Press.MakeAsync("Taken along", 120, seed: isAtTheOther ? 61 : 60);
        await using var desk = await StartAsync("desk");
        await using var kitchen = await StartAsync("kitchen", isAtTheOther: isAtTheOther);

        await desk.Client.PlayAsync([tune.Id]);
        await kitchen.Client.PlayAsync([tune.Id]);
        await Eventually.TrueAsync(() => IsPausedForAsync(desk, "kitchen"), "the desk is paused");
        Assert.Equal(PlayerState.Playing, (await kitchen.Client.GetStatusAsync()).State);

        await desk.Client.ResumeAsync();
        await Eventually.TrueAsync(() => IsPausedForAsync(kitchen, "desk"), "the kitchen is paused");
        var status = await desk.Client.GetStatusAsync();
        Assert.Equal((PlayerState.Playing, null), (status.State, status.TakenBy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_OfADeviceThatPlayedBefore_LeavesTheOtherAloneUntilItIsWanted(bool isAtTheOther)
    {
        var tune = await network.Press.MakeAsync("Left behind", 120, seed: isAtTheOther ? 63 : 62);
        await using var phone = await StartAsync("phone");
        await using (var desk = await StartAsync("restarted", isAtTheOther: isAtTheOther))
            await desk.Client.PlayAsync([tune.Id]);

        await phone.Client.PlayAsync([tune.Id]);
        await using var again = await StartAsync("restarted", logIn: false, isAtTheOther);

        await Eventually.TrueAsync(() => IsPausedForAsync(again, "phone"), "what was restored is paused");
        Assert.Equal(PlayerState.Playing, (await phone.Client.GetStatusAsync()).State);

        await again.Client.ResumeAsync();
        await Eventually.TrueAsync(() => IsPausedForAsync(phone, "restarted"), "the phone is paused");
        await Eventually.TrueAsync(
            async () => await again.Client.GetStatusAsync() is { State: PlayerState.Playing, TakenBy: null }, "it plays");
    }

    [Fact]
    public async Task Start_OfADeviceThatWasPaused_TakesNothingFromWhatGoesOn()
    {
        var tune = await network.Press.MakeAsync("Kept quiet", 120, seed: 64);
        await using (var desk = await StartAsync("quiet"))
        {
            await desk.Client.PlayAsync([tune.Id]);
            await desk.Client.PauseAsync();
        }

        await using (var phone = await StartAsync("going on", isAtTheOther: true))
            await phone.Client.PlayAsync([tune.Id]);

        await using var quiet = await StartAsync("quiet", logIn: false);
        await Eventually.TrueAsync(async () => await quiet.Client.GetStatusAsync() is { IsOnline: true }, "it is online");
        await using var again = await StartAsync("going on", logIn: false, isAtTheOther: true);

        await Eventually.TrueAsync(
            async () => await again.Client.GetStatusAsync() is { State: PlayerState.Playing, IsOnline: true }, "it goes on");
        Assert.Equal(PlayerState.Paused, (await quiet.Client.GetStatusAsync()).State);
    }

    private static async Task<bool> IsPausedForAsync(TestClient client, string device) =>
        await client.Client.GetStatusAsync() is { State: PlayerState.Paused, TakenBy: { } by } && by == device;

    private Task<TestClient> StartAsync(string name, bool logIn = true, bool isAtTheOther = false)
    {
        var options = TestClient.Options(network, name, "null");
        options.DeviceName = name;
        if (isAtTheOther)
            options.AccessPoint = network.OtherUrl;

        return TestClient.StartAsync(options, logIn);
    }

    public sealed class OneStreamNetwork : TestNetwork
    {
        private readonly PostgresServer _server = new();

        public OneStreamNetwork() => Database = _server.MakeDatabase();

        protected override string Database { get; }

        protected override bool OneStreamPerAccount => true;

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            _server.Dispose();
        }
    }
}
