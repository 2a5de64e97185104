using System.Text.Json;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>What a listener lets the daemon give, set and seen from the command line.</summary>
[Collection(DesktopGroup.Name)]
public sealed class UploadsCommandTests(TestNetwork network)
{
    [Fact]
    public async Task Uploads_EachSetting_HoldsAtOnceAndAfterARestart()
    {
        await using (var desktop = await TestDesktop.StartAsync(network, "uploads"))
        {
            Task<JsonElement> Set(params string[] arguments) => JsonAsync(desktop, ["uploads", .. arguments]);

            Assert.Equal("none", (await Set()).GetProperty("hold").GetString());
            Assert.False((await Set()).GetProperty("measured").GetBoolean());
            Assert.Contains(
                "KiB (until it is measured)\n",
                (await CliTests.RunAsync("uploads", "--socket", desktop.Socket)).Output,
                StringComparison.Ordinal);
            var off = await Set("off");
            Assert.Equal("off", off.GetProperty("hold").GetString());
            Assert.False(off.GetProperty("settings").GetProperty("enabled").GetBoolean());
            var capped = await Set("cap", "500KiB");
            Assert.Equal(500 << 10, capped.GetProperty("settings").GetProperty("max_bytes_per_second").GetInt32());
            Assert.Equal(500 << 10, capped.GetProperty("limit_bytes_per_second").GetInt32());
            await Set("budget", "20GiB");
            await Set("lan-only", "on");
            Assert.True((await Set("metered", "on")).GetProperty("settings").GetProperty("metered").GetBoolean());
        }

        await using var again = await TestDesktop.StartAsync(network, "uploads");
        var kept = (await JsonAsync(again, "uploads")).GetProperty("settings").ToString();
        Assert.Equal(
            """{"enabled":false,"max_bytes_per_second":512000,"lan_only":true,"monthly_bytes":21474836480,"metered":true}""",
            kept);
        var text = (await CliTests.RunAsync("uploads", "--socket", again.Socket)).Output;
        Assert.StartsWith("Giving to others is off: now 0 B a second, at most 500.0 KiB (set); same LAN only; metered line\n", text, StringComparison.Ordinal);
        Assert.Contains("This month 0 B were given, of at most 20.0 GiB\n", text, StringComparison.Ordinal);
        Assert.EndsWith("they ask it to connect to them\n", text, StringComparison.Ordinal);
        foreach (var other in new[] { ["uploads", "off"], new[] { "stats" } })
        {
            Assert.DoesNotContain(
                "can't connect", (await CliTests.RunAsync([.. other, "--socket", again.Socket])).Output, StringComparison.Ordinal);
        }

        await JsonAsync(again, "uploads", "cap", "auto");
        var reset = (await JsonAsync(again, "uploads", "default")).GetProperty("settings");
        Assert.True(reset.GetProperty("enabled").GetBoolean());
        Assert.False(reset.GetProperty("lan_only").GetBoolean());
        Assert.Equal(0, reset.GetProperty("monthly_bytes").GetInt64());
    }

    [Theory]
    [InlineData("cap", "fast")]
    [InlineData("cap", "-5")]
    [InlineData("budget", "10XB")]
    [InlineData("lan-only", "maybe")]
    public async Task Uploads_WrongValue_SaysSo(string what, string value)
    {
        var run = await CliTests.RunAsync("uploads", what, value);

        Assert.NotEqual(0, run.Exit);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Logout_LoggedIn_EndsTheSession()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "cli-logout");
        await CliTests.RunAsync("login", TestNetwork.Listener, "--socket", desktop.Socket);
        Assert.Equal("anna", await AccountAsync(desktop));

        var run = await CliTests.RunAsync("logout", "--socket", desktop.Socket);

        Assert.Equal("Logged out.\n", run.Output);
        Assert.Equal("", await AccountAsync(desktop));
        var search = await CliTests.RunAsync("search", "x", "--socket", desktop.Socket);
        Assert.Equal(new CliTests.Result(1, "", "spotifycore: Log in first: 'spotifycore login NAME'.\n"), search);
    }

    private static async Task<string?> AccountAsync(TestDesktop desktop)
    {
        var status = await CliTests.RunAsync("status", "--json", "--socket", desktop.Socket);
        return JsonDocument.Parse(status.Output).RootElement.GetProperty("account").GetString();
    }

    private static async Task<JsonElement> JsonAsync(TestDesktop desktop, params string[] arguments)
    {
        var run = await CliTests.RunAsync([.. arguments, "--json", "--socket", desktop.Socket]);
        Assert.True(run.Exit == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
