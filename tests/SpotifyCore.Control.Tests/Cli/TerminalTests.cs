using SpotifyCore.Cli.Display;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>The live strip of the real command in a real terminal, while a real daemon plays.</summary>
[Collection(DesktopGroup.Name)]
public sealed class TerminalTests(TestNetwork network)
{
    private const int StripRows = 5;
    private const int StoppedRows = 2;

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Status_AnyWidth_BreaksNoLineAndLeavesWhatWasPlayed(int columns)
    {
        Tune[] tunes =
        [
            await network.Press.MakeAsync($"東京の夜に鳴り響く音楽を聴きながら歩く人々の歌 {columns}", 4, seed: 980 + columns),
            await network.Press.MakeAsync($"Größe der Welt, und wie sie klingt 🎵 {columns}", 4, seed: 981 + columns),
            await network.Press.MakeAsync($"夜明け {columns}", 60, seed: 982 + columns),
        ];
        await using var desktop = await TestDesktop.StartAsync(network, $"terminal-{columns}");
        string[] socket = ["--socket", desktop.Socket];
        await CliTests.RunAsync(["login", TestNetwork.Listener, .. socket]);
        using var terminal = PseudoTerminal.Start(columns, ["status", .. socket]);
        await WhenStoppedAsync(terminal);
        Assert.Equal((0, ""), (await CliTests.RunAsync(["play", .. tunes.Select(static tune => tune.Id.ToString()), .. socket])).End);

        // The strip below, of the last track once that sounds, and above it what is left of each that is over.
        await Eventually.TrueAsync(async () =>
        {
            var screen = await terminal.ShowAsync();
            Assert.True(screen.Wraps == 0, screen.ToString());
            return screen.Rows.Count > StripRows && screen.Rows[^StripRows].Contains("夜明", StringComparison.Ordinal)
                && !screen.Rows[1 - StripRows + screen.Rows.Count].StartsWith(" 0:00", StringComparison.Ordinal);
        });
        Assert.Equal((0, ""), (await CliTests.RunAsync(["stop", .. socket])).End);
        await WhenStoppedAsync(terminal);
        var (seen, code) = await terminal.InterruptAsync();

        Assert.Equal((0, 130), (seen.Wraps, code));
        Assert.All(seen.Rows, row => Assert.InRange(CellText.Width(row), 1, columns));
        var read = string.Concat(seen.Rows).Replace(" ", "", StringComparison.Ordinal);
        var from = 0;
        foreach (var tune in new[] { "東京の夜に鳴り響く音楽を聴きながら歩く人々の歌", "GrößederWelt,undwiesieklingt🎵", "夜明け" })
        {
            from = read.IndexOf($"TheTesters-{tune}{columns}0:0", from, StringComparison.Ordinal);
            Assert.True(from >= 0, seen.ToString());
        }

        Assert.EndsWith("storage", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_Resized_IsDrawnAnewAndLeavesNothingBehind()
    {
        // It plays until all is drawn, also on a busy machine.
        var tune = await network.Press.MakeAsync("広い画面と狭い画面のあいだで揺れる長い長い題名の歌", 300, seed: 979);
        await using var desktop = await TestDesktop.StartAsync(network, "terminal-resized");
        string[] socket = ["--socket", desktop.Socket];
        await CliTests.RunAsync(["login", TestNetwork.Listener, .. socket]);
        await CliTests.RunAsync(["play", tune.Id.ToString(), .. socket]);
        using var terminal = PseudoTerminal.Start(80, ["status", .. socket]);
        await WhenDrawnAsync(terminal, 80);
        foreach (var columns in new[] { 20, 200, 40, 80 })
        {
            await terminal.ResizeAsync(columns);
            await WhenDrawnAsync(terminal, columns);
        }

        var (seen, _) = await terminal.InterruptAsync();
        Assert.StartsWith("The Testers - 広い画面", seen.Rows[0], StringComparison.Ordinal);
        Assert.EndsWith("storage", seen.Rows[^1], StringComparison.Ordinal);
        await CliTests.RunAsync(["stop", .. socket]);
    }

    [Fact]
    public async Task Status_TerminalThatDoesNotSayItsWidth_IsDrawnInEightyCells()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "terminal-unknown");
        using var terminal = PseudoTerminal.Start(0, "status", "--socket", desktop.Socket);

        await WhenStoppedAsync(terminal);

        Assert.Equal("Logged out: 'spotifycore login NAME' logs in.", (await terminal.ShowAsync()).Rows[^1]);
        await terminal.InterruptAsync();
    }

    [Fact]
    public async Task Status_DumbTerminal_IsShownOnce()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "terminal-dumb");
        using var terminal = PseudoTerminal.Start(80, ["TERM=dumb"], ["status", "--socket", desktop.Socket]);

        await Eventually.TrueAsync(async () => (await terminal.ShowAsync()).HasEnded, "it ends");

        Assert.Equal(
            ["Nothing is playing.", "Logged out: 'spotifycore login NAME' logs in."], (await terminal.ShowAsync()).Rows);
    }

    [Fact]
    public async Task Search_AccessPointFrozen_SaysWhatItWaitsForAndThenWhatIsCached()
    {
        await using var relay = new FrozenRelay(network.Url);
        await using var desktop = await TestDesktop.StartAsync(network, "terminal-frozen", accessPoint: relay.Url);
        await CliTests.RunAsync("login", TestNetwork.Listener, "--socket", desktop.Socket);
        relay.Freeze();
        using var terminal = PseudoTerminal.Start(100, "search", "anything", "--socket", desktop.Socket);

        await Eventually.TrueAsync(async () => (await terminal.ShowAsync()).HasEnded, "it ends");

        Assert.Equal(
            [
                "Waiting for the access point ...",
                "spotifycore: Nothing that is cached is called 'anything', and the access point does not answer.",
            ],
            (await terminal.ShowAsync()).Rows);
    }

    [Fact]
    public async Task Login_CtrlCAtThePrompt_EndsAtOnce()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "terminal-prompt");
        using var terminal = PseudoTerminal.Start(80, "login", TestNetwork.Listener, "--socket", desktop.Socket);
        await Eventually.TrueAsync(async () =>
            await terminal.ShowAsync() is { Rows: [var row] } && row.TrimEnd() == "Password:");

        var (seen, code) = await terminal.InterruptAsync();

        Assert.Equal(130, code);
        Assert.Equal("Password:", seen.Rows[0].TrimEnd());
    }

    /// <summary>Waits until the screen ends with the strip of what does not play.</summary>
    private static Task WhenStoppedAsync(PseudoTerminal terminal) => Eventually.TrueAsync(async () =>
        await terminal.ShowAsync() is { Rows: { Count: >= StoppedRows } rows }
            && rows[^StoppedRows].StartsWith("nothing", StringComparison.Ordinal));

    /// <summary>Waits until the screen has the strip at that width, and nothing else.</summary>
    private static async Task WhenDrawnAsync(PseudoTerminal terminal, int columns)
    {
        var screen = await terminal.ShowAsync();
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                screen = await terminal.ShowAsync();
                return screen.Rows is [_, var bar, _, _, _] && CellText.Width(bar) == columns;
            });
        }
        catch (Exception late) when (late is Xunit.Sdk.XunitException or TimeoutException)
        {
            Assert.Fail($"At {columns}: {screen}");
        }
    }
}
