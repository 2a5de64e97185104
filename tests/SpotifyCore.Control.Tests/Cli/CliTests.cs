using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>The listener's command, run as a process against a daemon.</summary>
[Collection(NetworkCollection.Name)]
public sealed class CliTests(TestNetwork network)
{
    [Fact]
    public async Task Commands_AgainstADaemon_DoWhatTheySay()
    {
        var tune = await network.Press.MakeAsync("Command line", 30, seed: 110, album: "Shell");
        await using var desktop = await TestDesktop.StartAsync(network, "cli");
        Task<Result> Run(params string[] arguments) => RunAsync([.. arguments, "--socket", desktop.Socket]);

        Assert.Equal(new Result(0, "Logged in as anna.\n", ""), await Run("login", TestNetwork.Listener));
        var text = await Run("search", "command", "line");
        Assert.Equal(new Result(0, $"{tune.Id}     0:30  The Testers - Command line (Shell)\n1 of 1\n", ""), text);
        Assert.Equal(new Result(0, "Nothing found.\n", ""), await Run("search", "xyzzy"));
        var found = Json(await Run("search", "command", "--json"));
        Assert.Equal((tune.Id.ToString(), 30_000), (found.GetProperty("track").GetString(), found.GetProperty("duration_ms").GetInt32()));
        Assert.Equal(
            ("Command line", "Shell", "The Testers"),
            (found.GetProperty("title").GetString(), found.GetProperty("album").GetString(), found.GetProperty("artists")[0].GetString()));

        Assert.Equal(new Result(0, "The queue is empty.\n", ""), await Run("queue"));
        Assert.Equal(new Result(0, "Stopped.\n", ""), await Run("status"));
        var play = await Run("play", tune.Id.ToString());
        Assert.Equal((0, true), (play.Exit, play.Output.StartsWith("Sounds after ", StringComparison.Ordinal)));
        Assert.StartsWith("paused  The Testers - Command line  ", (await Run("pause")).Output, StringComparison.Ordinal);
        Assert.Contains("0:20/0:30", (await Run("seek", "0:20")).Output, StringComparison.Ordinal);
        Assert.StartsWith("playing", (await Run("resume")).Output, StringComparison.Ordinal);
        await Run("pause");
        Assert.Equal(2, (await Run("queue", "command", "line")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var status = Json(await Run("status", "--json"));
        Assert.Equal(("paused", tune.Id.ToString(), 1), (status.GetProperty("state").GetString(), status.GetProperty("track").GetString(), status.GetProperty("queued").GetInt32()));
        Assert.Equal(("anna", "", 30_000), (status.GetProperty("account").GetString(), status.GetProperty("problem").GetString(), status.GetProperty("duration_ms").GetInt32()));
        Assert.True(status.GetProperty("position_ms").GetInt64() >= 20_000);
        Assert.True(status.GetProperty("buffered_ms").GetInt64() > 0);
        Assert.True(status.GetProperty("play").GetProperty("start_ms").GetDouble() >= 0);
        Assert.True(status.GetProperty("play").GetProperty("bytes").GetProperty("production").GetInt64() >= 0);

        Assert.Matches("^(waiting for|playing)", (await Run("next")).Output);
        Assert.Equal(new Result(0, "Stopped.\n", ""), await Run("stop"));
        var stats = Json(await Run("stats", "--json"));
        Assert.Equal(2, stats.GetProperty("plays").GetArrayLength());
        foreach (var name in new[] { "played", "uploaded", "cache_bytes", "cache_limit", "connections" })
            Assert.True(stats.TryGetProperty(name, out _), name);

        Assert.Contains("In all  cache ", (await Run("stats")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Play_Wait_ReturnsOnceAllWasPlayedOrFailed()
    {
        var tune = await network.Press.MakeAsync("Waited for", 2, seed: 111);
        await using var desktop = await TestDesktop.StartAsync(network, "cli-wait", "null-fast");
        await RunAsync("login", TestNetwork.Listener, "--socket", desktop.Socket);
        Assert.Equal(0, (await RunAsync("play", "--wait", tune.Id.ToString(), "--socket", desktop.Socket)).Exit);
        var stats = Json(await RunAsync("stats", "--json", "--socket", desktop.Socket));
        Assert.True(stats.GetProperty("plays")[0].GetProperty("ended").GetBoolean());
        Assert.Equal(tune.Manifest.Samples, stats.GetProperty("plays")[0].GetProperty("samples").GetInt64());

        var failed = await RunAsync("play", new Content.Identity.TrackId(5).ToString(), "--socket", desktop.Socket);
        Assert.Equal(new Result(1, "", "spotifycore: The catalogue has no such track.\n"), failed);
        Assert.Equal(
            new Result(1, "", "spotifycore: Nothing is called 'xyzzy'.\n"), await RunAsync("play", "xyzzy", "--socket", desktop.Socket));
    }

    [Fact]
    public async Task Commands_NoDaemonOrOneThatDied_SaySo()
    {
        var socket = network.Folder("none.sock");
        var expected = new Result(1, "", $"spotifycore: no desktop daemon at {socket}; start spotifycore-desktop first\n");
        Assert.Equal(expected, await RunAsync("status", "--socket", socket));

        // A socket takes its file with it when it is closed, unless the file was moved; a killed process leaves it.
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint($"{socket}.bound"));
            File.Move($"{socket}.bound", socket);
        }

        Assert.True(File.Exists(socket));
        Assert.Equal(expected, await RunAsync("status", "--socket", socket));
    }

    [Theory]
    [InlineData("seek", "soon")]
    [InlineData("seek", "1:75")]
    [InlineData("seek")]
    [InlineData("search")]
    [InlineData("dance")]
    public async Task Commands_TypedWrongly_FailWithAReason(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.NotEqual(0, result.Exit);
        Assert.NotEmpty(result.Error);
    }

    private static JsonElement Json(Result result)
    {
        Assert.Equal((0, ""), (result.Exit, result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }

    internal static async Task<Result> RunAsync(params string[] arguments)
    {
        string[] all = [Path.Combine(AppContext.BaseDirectory, "spotifycore.dll"), .. arguments];
        var start = new ProcessStartInfo("dotnet", all)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["SPOTIFYCORE_PASSWORD"] = TestNetwork.Password },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await error);
    }

    internal sealed record Result(int Exit, string Output, string Error);
}
