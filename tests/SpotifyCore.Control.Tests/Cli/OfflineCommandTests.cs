using System.Text.Json;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Contracts;
using static SpotifyCore.Control.Tests.Cli.CliTests;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>What the listener's command says of music kept offline.</summary>
[Collection(CommandGroup.Name)]
public sealed class OfflineCommandTests(TestNetwork network)
{
    [Fact]
    public async Task Offline_AddedListedAndRemoved_SaysHowItStands()
    {
        await network.Press.MakeAsync("Packed one", 4, seed: 970, album: "Packed up", number: 1);
        await network.Press.MakeAsync("Packed two", 4, seed: 971, album: "Packed up", number: 2);
        await network.Press.MakeAsync("Loose piece", 4, seed: 972);
        network.GivePlan(TestNetwork.Listener, Plan.Premium);
        await using var there = await TestDesktop.StartAsync(network, "cli-offline");
        var desktop = new Typing(there);
        await desktop.DoAsync("login", TestNetwork.Listener);
        Assert.Equal(
            "Nothing is kept offline; 'spotifycore offline add WORDS' keeps something.\n", await desktop.DoAsync("offline"));

        Assert.StartsWith(
            "album Packed up by The Testers is to be kept: 0 of 2 tracks here.\n",
            await desktop.DoAsync("offline", "add", "--album", "packed"), StringComparison.Ordinal);
        Assert.StartsWith(
            "Loose piece by The Testers is ", await desktop.DoAsync("offline", "add", "loose", "piece", "--wait"),
            StringComparison.Ordinal);

        Assert.Equal(
            "  1  album Packed up by The Testers  kept\n  2  Loose piece by The Testers  kept\n",
            await desktop.DoAsync("offline", "list"));
        var status = await desktop.DoAsync("offline", "status");
        Assert.StartsWith("3 of 3 tracks kept, ", status, StringComparison.Ordinal);
        Assert.Contains("Plays without a network until ", status, StringComparison.Ordinal);
        using (var json = JsonDocument.Parse(await desktop.DoAsync("offline", "--json")))
        {
            Assert.Equal((3, 3, false), (
                json.RootElement.GetProperty("tracks").GetInt32(), json.RootElement.GetProperty("kept").GetInt32(),
                json.RootElement.GetProperty("coming").GetBoolean()));
        }

        Assert.Contains("3 tracks  seen ", await desktop.DoAsync("offline", "devices"), StringComparison.Ordinal);
        var unknown = await desktop.RunAsync("offline", "remove", "7");
        Assert.Equal(new Result(1, "", "spotifycore: There is no number 7 in 'spotifycore offline list'.\n"), unknown);
        Assert.Equal(
            "Loose piece by The Testers is not kept any more.\n", await desktop.DoAsync("offline", "remove", "loose"));
        Assert.Equal(
            "album Packed up by The Testers is not kept any more.\n", await desktop.DoAsync("offline", "remove", "1"));
        Assert.Equal("", await desktop.DoAsync("offline", "devices"));
    }

    [Fact]
    public async Task Offline_BelowPremium_SaysWhatKeepsIt()
    {
        await network.Press.MakeAsync("Out of reach", 4, seed: 973);
        network.AddListener("cli-free", TestNetwork.Password);
        await using var there = await TestDesktop.StartAsync(network, "cli-offline-free");
        var desktop = new Typing(there);
        await desktop.DoAsync("login", "cli-free");

        var refused = await desktop.RunAsync("offline", "add", "out", "of", "reach");

        Assert.Equal(
            new Result(1, "", "spotifycore: The Free plan keeps nothing offline: Premium does.\n"), refused);
    }

    /// <summary>A listener who types.</summary>
    private sealed class Typing(TestDesktop desktop)
    {
        public Task<Result> RunAsync(params string[] arguments) =>
            CliTests.RunAsync([.. arguments, "--socket", desktop.Socket]);

        public async Task<string> DoAsync(params string[] arguments)
        {
            var (exit, output, error) = await RunAsync(arguments);
            Assert.True((exit, error) == (0, ""), $"{exit}: {error}");
            return output;
        }
    }
}
