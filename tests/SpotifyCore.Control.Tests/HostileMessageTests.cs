using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Control.Tests;

/// <summary>Whatever bytes the control API is called with, its answer is one that the contract has.</summary>
public sealed class HostileMessageTests(TestNetwork network) : IClassFixture<TestNetwork>
{
    private const int CallsOfOne = 40;

    private static readonly string[] Ending = ["EndSessions", "LogOut", "Login"];

    [Fact]
    public async Task EveryCall_AnyBytes_EndsAsTheContractHasIt()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "hostile control", "null-fast");
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = $"unix:{desktop.Socket}" });
        await channel.Desktop().LoginAsync(
            new DesktopLoginRequest { Name = TestNetwork.Listener, Password = TestNetwork.Password });

        // What may end the session comes last.
        foreach (var method in DesktopReflection.Descriptor.Services[0].Methods.OrderBy(static method => Ending.Contains(method.Name)))
        {
            var messages = new HostileMessages(method.Index);
            for (var i = 0; i < CallsOfOne; i++)
                await RawCalls.EndsWellAsync(channel, method, [messages.Next(method.InputType)], mostAnswers: 1);
        }

        Assert.Equal(PlayState.Stopped, (await channel.Desktop().StopAsync(new StopRequest())).State);
    }
}
