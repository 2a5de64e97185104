using SpotifyCore.Client.Accounts;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What an account's plan allows on a phone, as its listener meets it.</summary>
[Collection(PlayingGroup.Name)]
public sealed class PhoneTests(TestNetwork network)
{
    [Fact]
    public async Task Play_OnAPhone_IsRefusedInAClearSentenceUntilItIsPaidFor()
    {
        var tune = await network.Press.MakeAsync("Out and about", 2, seed: 9_631);
        network.AddListener("walker", TestNetwork.Password);
        await using var desktop = await TestClient.StartAsync(network, "beside the phone");
        await desktop.HearAsync(tune);
        var options = TestClient.Options(network, "phone", "null-fast");
        options.DeviceKind = DeviceKind.Phone;
        await using var phone = await TestClient.StartAsync(options, logIn: false);
        await phone.Client.LogInAsync("walker", TestNetwork.Password);

        var refused = await Assert.ThrowsAsync<PlaybackException>(() => phone.Client.PlayAsync(tune.Id));
        Assert.Equal(
            "The Free plan plays radio alone on phones: Premium plays what you choose there.", refused.Message);
        Assert.Equal(refused.Message, (await phone.Client.GetStatusAsync()).Problem);
        var plan = (await phone.Client.Accounts.GetProfileAsync()).Plan!;
        Assert.Equal(("Free", null, false), (plan.Name, plan.Until, plan.IsOnDemand));

        network.GivePlan("walker", Contracts.Plan.Premium);
        var heard = await phone.HearAsync(tune);

        Assert.Equal((0, 0L), (phone.Client.ListenPort, heard.Bytes.Peers));
        var session = Assert.Single(await phone.Client.Accounts.ListSessionsAsync());
        Assert.Equal((DeviceKind.Phone, true), (session.Kind, session.IsCurrent));
        Assert.False(await network.Press.IsToldOfAsync(tune, phone.Client.Id));
    }
}
