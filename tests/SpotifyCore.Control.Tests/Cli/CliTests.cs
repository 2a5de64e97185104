using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>The listener's command, run as a process against a daemon.</summary>
[Collection(CommandGroup.Name)]
public sealed class CliTests(TestNetwork network)
{
    [Fact]
    public async Task Search_InPages_SaysWhereTheNextBegins()
    {
        foreach (var seed in new[] { 971, 972, 973 })
            await network.Press.MakeAsync($"Leafed through {seed}", 1, seed);

        await using var desktop = await TestDesktop.StartAsync(network, "pages");
        Task<Result> Run(params string[] arguments) =>
            RunAsync(["search", "leafed", .. arguments, "--socket", desktop.Socket]);
        Assert.Equal((0, ""), (await RunAsync("login", TestNetwork.Listener, "--socket", desktop.Socket)).End);

        var first = Lines(await Run("--limit", "2"));
        var second = Lines(await Run("--limit", "2", "--from", "3"));

        Assert.Equal((3, "tracks 1 to 2; more with --from 3"), (first.Length, first[^1]));
        Assert.Equal((2, "track 3"), (second.Length, second[^1]));
        Assert.Equal(3, first[..2].Append(second[0]).Distinct().Count());
        Assert.Equal("3 tracks", Lines(await Run())[^1]);
        Assert.Equal(
            new Result(1, "", "spotifycore: Fewer than 4 tracks are called 'leafed'.\n"), await Run("--from", "4"));
    }

    [Fact]
    public async Task Browse_WhatThereIs_ListsItAndItsAlbums()
    {
        await network.Press.MakeAsync("Leafed past", 1, seed: 1_100, album: "Shelved away");
        await network.Press.MakeAsync("Just come", 1, seed: 1_101);
        await using var desktop = await TestDesktop.StartAsync(network, "browse");
        Task<Result> Run(params string[] arguments) => RunAsync(["browse", .. arguments, "--socket", desktop.Socket]);
        Assert.Equal((0, ""), (await RunAsync("login", TestNetwork.Listener, "--socket", desktop.Socket)).End);

        Assert.Equal(
            new Result(
                0, "album Shelved away by The Testers\n   0:01  The Testers - Leafed past (Shelved away)\n1 track\n", ""),
            await Run("album", "shelved", "away"));
        Assert.Contains("Just come", Lines(await Run("new", "--limit", "1", "--from", "1", "--json"))[0], StringComparison.Ordinal);
        var ofArtist = Lines(await Run("artist", "testers", "--new"));
        Assert.Equal("artist The Testers", ofArtist[0]);
        Assert.Matches("^album .+ by The Testers$", ofArtist[1]);
        Assert.Contains("artist The Testers", Lines(await Run("popular")));
        Assert.Equal(new Result(1, "", "spotifycore: Nothing is called 'xyzzy'.\n"), await Run("genre", "xyzzy"));
        Assert.Equal(new Result(0, "The Testers\n1 artist\n", ""), await Run("artists", "the", "t"));
        Assert.Equal(new Result(0, "album Shelved away by The Testers\n1 album\n", ""), await Run("albums", "SHELV"));
        var first = Lines(await Run("tracks", "--limit", "1"));
        Assert.Matches("^1 track; more with --after '.+'$", first[1]);
        var next = first[1].Split('\'')[1];
        Assert.NotEqual(first[0], Lines(await Run("tracks", "--limit", "1", "--after", next))[0]);
        Assert.Equal(new Result(1, "", "spotifycore: There are no albums that begin so.\n"), await Run("albums", "xyzzy"));
    }

    [Fact]
    public async Task Commands_AgainstADaemon_DoWhatTheySay()
    {
        var tune = await network.Press.MakeAsync("Command line", 30, seed: 970, album: "Shell");
        await using var desktop = await TestDesktop.StartAsync(network, "cli");
        Task<Result> Run(params string[] arguments) => RunAsync([.. arguments, "--socket", desktop.Socket]);

        Assert.Equal(new Result(0, "Logged in as anna.\n", ""), await Run("login", TestNetwork.Listener.ToUpperInvariant()));
        var text = await Run("search", "command", "line");
        Assert.Equal(new Result(0, "   0:30  The Testers - Command line (Shell)\n1 track\n", ""), text);
        Assert.StartsWith($"{tune.Id}     0:30  The Testers", (await Run("search", "shell", "--ids")).Output, StringComparison.Ordinal);
        Assert.Equal(new Result(1, "", "spotifycore: Nothing is called 'xyzzy'.\n"), await Run("search", "xyzzy"));
        var found = Json(await Run("search", "command", "--json"));
        Assert.Equal((tune.Id.ToString(), 30_000), (found.GetProperty("track").GetString(), found.GetProperty("duration_ms").GetInt32()));
        Assert.Equal(
            ("Command line", "Shell", "The Testers"),
            (found.GetProperty("title").GetString(), found.GetProperty("album").GetString(), found.GetProperty("artists")[0].GetString()));

        var play = await Run("play", "command", "line");
        Assert.Equal((0, ""), play.End);
        Assert.StartsWith("Playing The Testers - Command line; sound after ", play.Output, StringComparison.Ordinal);
        Assert.StartsWith(
            "Paused  The Testers - Command line  0:", (await Run("pause")).Output, StringComparison.Ordinal);
        Assert.Contains("0:20 of 0:30", (await Run("seek", "0:20")).Output, StringComparison.Ordinal);
        Assert.Contains("0:15 of 0:30", (await Run("seek", "-5")).Output, StringComparison.Ordinal);
        Assert.Contains("0:25 of 0:30", (await Run("seek", "+10")).Output, StringComparison.Ordinal);
        Assert.Equal(
            new Result(1, "", "spotifycore: The track is 0:30 long; there is no 1:00 in it.\n"), await Run("seek", "1:00"));
        await Run("seek", "0:05");
        Assert.StartsWith("Playing  ", (await Run("play")).Output, StringComparison.Ordinal);
        await Run("pause");
        Assert.StartsWith("Paused", (await Run("previous")).Output, StringComparison.Ordinal);
        await Run("seek", "0:20");

        var status = Json(await Run("status", "--json"));
        Assert.Equal(("paused", tune.Id.ToString(), 0), (status.GetProperty("state").GetString(), status.GetProperty("track").GetString(), status.GetProperty("queued").GetInt32()));
        Assert.Equal(("Command line", "The Testers"), (status.GetProperty("title").GetString(), status.GetProperty("artists")[0].GetString()));
        Assert.Equal(("anna", "", 30_000), (status.GetProperty("account").GetString(), status.GetProperty("problem").GetString(), status.GetProperty("duration_ms").GetInt32()));
        Assert.True(status.GetProperty("position_ms").GetInt64() >= 20_000);
        Assert.True(status.GetProperty("buffered_ms").GetInt64() > 0);
        Assert.True(status.GetProperty("play").GetProperty("start_ms").GetDouble() >= 0);
        Assert.True(status.GetProperty("play").GetProperty("bytes").GetProperty("production").GetInt64() >= 0);

        Assert.Equal(new Result(0, "Stopped; the queue is empty.\n", ""), await Run("stop"));
        var stats = Json(await Run("stats", "--json"));
        Assert.True(stats.GetProperty("plays").GetArrayLength() >= 1);
        Assert.Equal("Command line", stats.GetProperty("plays")[0].GetProperty("title").GetString());
        foreach (var name in new[] { "played", "uploaded", "cache_bytes", "cache_limit", "connections" })
            Assert.True(stats.TryGetProperty(name, out _), name);

        var said = (await Run("stats")).Output;
        Assert.StartsWith("The Testers - Command line  ", said, StringComparison.Ordinal);
        Assert.DoesNotContain(tune.Id.ToString(), said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Play_Wait_ReturnsOnceAllWasPlayedOrFailed()
    {
        var tune = await network.Press.MakeAsync("Waited for", 2, seed: 971);
        await using var desktop = await TestDesktop.StartAsync(network, "cli-wait", "null-fast");
        await RunAsync("login", TestNetwork.Listener, "--socket", desktop.Socket);
        var play = await RunAsync("play", "--wait", tune.Id.ToString(), "--socket", desktop.Socket);
        Assert.Equal((0, ""), play.End);
        Assert.StartsWith("Playing The Testers - Waited for; sound after ", play.Output, StringComparison.Ordinal);
        var stats = Json(await RunAsync("stats", "--json", "--socket", desktop.Socket));
        Assert.True(stats.GetProperty("plays")[0].GetProperty("ended").GetBoolean());
        Assert.Equal(tune.Manifest.Samples, stats.GetProperty("plays")[0].GetProperty("samples").GetInt64());

        var failed = await RunAsync("play", new Content.Identity.TrackId(5).ToString(), "--socket", desktop.Socket);
        Assert.Equal(new Result(1, "", "spotifycore: The catalogue has no such track.\n"), failed);
        Assert.Equal(
            new Result(1, "", "spotifycore: Nothing is called 'xyzzy'.\n"), await RunAsync("play", "xyzzy", "--socket", desktop.Socket));
    }

    [Fact]
    public async Task Login_AccountThatMayNotListen_IsRefusedAndTheOldOneStays()
    {
        network.AddAccount("shelver", TestNetwork.Password, Backend.Accounts.AccountRoles.Import);
        await using var desktop = await TestDesktop.StartAsync(network, "cli-librarian");
        await RunAsync("login", TestNetwork.Listener, "--socket", desktop.Socket);

        var refused = await RunAsync("login", "shelver", "--socket", desktop.Socket);

        Assert.Equal(new Result(1, "", "spotifycore: The account shelver may not listen.\n"), refused);
        Assert.Equal(0, network.SessionsOf("shelver"));
        var (_, status, _) = await RunAsync("status", "--json", "--socket", desktop.Socket);
        Assert.Contains($"\"account\":\"{TestNetwork.Listener}\"", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_NothingPlays_IsNoSuccess()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "cli-silent");
        var silent = new Result(3, "", "spotifycore: Nothing is playing.\n");
        foreach (var command in new[] { "pause", "resume", "next", "previous" })
            Assert.Equal(silent, await RunAsync(command, "--socket", desktop.Socket));

        foreach (var place in new[] { "5", "+5", "-5" })
            Assert.Equal(silent, await RunAsync("seek", place, "--socket", desktop.Socket));

        Assert.Equal(
            new Result(3, "", "spotifycore: There is nothing to go on with; 'spotifycore play WORDS' plays.\n"),
            await RunAsync("play", "--socket", desktop.Socket));
        Assert.Equal(
            new Result(3, "Nothing is playing.\nLogged out: 'spotifycore login NAME' logs in.\n", ""),
            await RunAsync("status", "--socket", desktop.Socket));
        Assert.Equal(3, (await RunAsync("status", "--json", "--socket", desktop.Socket)).Exit);
        Assert.Equal((0, ""), (await RunAsync("stop", "--socket", desktop.Socket)).End);
    }

    [Fact]
    public async Task Play_LoggedOut_NamesTheLoginAndIsForgottenAfterIt()
    {
        var tune = await network.Press.MakeAsync("Behind a login", 2, seed: 974);
        await using var desktop = await TestDesktop.StartAsync(network, "cli-refused");
        Task<Result> Run(params string[] arguments) => RunAsync([.. arguments, "--socket", desktop.Socket]);

        var refused = new Result(1, "", "spotifycore: Log in first: 'spotifycore login NAME'.\n");
        Assert.Equal(refused, await Run("play", tune.Id.ToString()));
        Assert.Equal(refused, await Run("play", "behind", "a", "login"));
        Assert.StartsWith("Stopped: Log in first.\n", (await Run("status")).Output, StringComparison.Ordinal);

        Assert.Equal((0, ""), (await Run("login", TestNetwork.Listener)).End);
        Assert.StartsWith("Nothing is playing.\nLogged in as anna", (await Run("status")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was played yet.\n", (await Run("stats")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_WhileATrackPlays_ShowWhatWasHeard()
    {
        var tune = await network.Press.MakeAsync("Half heard", 60, seed: 975);
        await using var desktop = await TestDesktop.StartAsync(network, "cli-heard");
        Task<Result> Run(params string[] arguments) => RunAsync([.. arguments, "--socket", desktop.Socket]);
        await Run("login", TestNetwork.Listener);
        await Run("play", tune.Id.ToString());

        await Eventually.TrueAsync(async () =>
            Json(await Run("stats", "--json")).GetProperty("plays")[0].GetProperty("samples").GetInt64() >= 48_000);

        Assert.DoesNotContain("  0:00 played", (await Run("stats")).Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (await Run("stop")).End);
    }

    [Fact]
    public async Task Modes_SetAndShown_Hold()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "cli-modes");
        async Task<string> Run(params string[] arguments)
        {
            var run = await RunAsync([.. arguments, "--socket", desktop.Socket]);
            Assert.Equal((0, ""), (run.Exit, run.Error));
            return run.Output.TrimEnd('\n');
        }

        Assert.Equal("Shuffle is off.", await Run("shuffle"));
        Assert.Equal("Shuffle is on.", await Run("shuffle", "on"));
        Assert.Equal("Repeat is on: the queue begins again after its last track.", await Run("repeat", "all"));
        Assert.Equal("Repeat is on: the track that plays begins again.", await Run("repeat", "one"));
        Assert.Equal("Repeat is off.", await Run("repeat", "off"));
        Assert.Equal("The volume is 100 %.", await Run("volume"));
        Assert.Equal("The volume is 70 %.", await Run("volume", "70"));
        Assert.Equal("The volume is 65 %.", await Run("volume", "-5"));
        Assert.Equal("The volume is 50 %.", await Run("volume", "50%"));
        Assert.Equal("The volume is 60 %.", await Run("volume", "+10%"));
        Assert.Equal("The volume is 100 %.", await Run("volume", "+90"));
        Assert.Equal("Crossfade is off.", await Run("crossfade"));
        Assert.Equal("Crossfade is on: 2.5 s.", await Run("crossfade", "2.5"));
        Assert.Equal("Crossfade is off.", await Run("crossfade", "off"));
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
    [InlineData("status")]
    [InlineData("play", "anything")]
    [InlineData("stats", "--watch")]
    public async Task Commands_DaemonThatDoesNotAnswer_SaySo(params string[] arguments)
    {
        // The system connects for who listens, whether that takes the connection or not.
        var socket = network.Folder($"frozen-{arguments[0]}.sock");
        using var frozen = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        frozen.Bind(new UnixDomainSocketEndPoint(socket));
        frozen.Listen();

        Assert.Equal(
            new Result(1, "", $"spotifycore: The desktop does not answer (socket {socket}).\n"),
            await RunAsync([.. arguments, "--socket", socket]));
    }

    [Theory]
    [InlineData("'soon' is no position", "seek", "soon")]
    [InlineData("'1:75' is no position", "seek", "1:75")]
    [InlineData("'NaN' is no position", "seek", "NaN")]
    [InlineData("'+NaN' is no position", "seek", "+NaN")]
    [InlineData("'-NaN' is no position", "seek", "-NaN")]
    [InlineData("'Infinity' is no position", "seek", "Infinity")]
    [InlineData("'1e400' is no position", "seek", "1e400")]
    [InlineData("'NaN' is no volume", "volume", "NaN")]
    [InlineData("'1e400' is no volume", "volume", "1e400")]
    [InlineData("'NaN' is no number of the list", "queue", "play", "NaN")]
    [InlineData("'NaN' is no number of the list", "play", "x", "-n", "NaN")]
    [InlineData("'NaN' is no size", "uploads", "cap", "NaN")]
    [InlineData("'POSITION' missing", "seek")]
    [InlineData("'WORDS' missing", "search")]
    [InlineData("'many' is not 1 to 200", "search", "x", "--limit", "many")]
    [InlineData("'0' is not 1 to 200", "search", "x", "--limit", "0")]
    [InlineData("'1001' is not 1 to 1,000", "search", "x", "--from", "1001")]
    [InlineData("Unrecognized command or argument 'dance'", "dance")]
    [InlineData("'plya'. Did you mean 'play'?", "plya", "elf", "land")]
    [InlineData("'ad'. Did you mean 'add'?", "queue", "ad", "elf")]
    [InlineData("There is no option '--albm'. Did you mean '--album'?", "play", "--albm", "x")]
    [InlineData("There is no option '--jsn'", "search", "x", "--jsn")]
    [InlineData("'loud' is no volume", "volume", "loud")]
    [InlineData("'101' is no volume", "volume", "101")]
    [InlineData("'%' is no volume", "volume", "%")]
    [InlineData("'13' is no crossfade", "crossfade", "13")]
    [InlineData("'NaN' is no crossfade", "crossfade", "NaN")]
    [InlineData("There is no word in that", "search", "")]
    [InlineData("There is no word in that", "search", " ", "\t")]
    [InlineData("There is no word in that", "play", "")]
    [InlineData("There is no word in that", "queue", "add", "")]
    [InlineData("Its name is empty", "login", "")]
    [InlineData("'0' is not 1 to 100", "stats", "--limit", "0")]
    [InlineData("There are no words behind the options", "play", "--album")]
    [InlineData("There are no words behind the options", "play", "-n", "2")]
    [InlineData("Unrecognized command or argument 'dance'", "help", "dance")]
    [InlineData("at most 2047MiB", "uploads", "cap", "2GiB")]
    [InlineData("'5GiB' is more than cap takes", "uploads", "cap", "5GiB")]
    [InlineData("'99999999999999999999' is more than cap takes", "uploads", "cap", "99999999999999999999")]
    [InlineData("'99999999999999999999GiB' is more than cap takes", "uploads", "cap", "99999999999999999999GiB")]
    [InlineData("'99999999999999999999' is more than budget takes", "uploads", "budget", "99999999999999999999")]
    [InlineData("'maybe' is not on or off", "shuffle", "maybe")]
    [InlineData("'maybe' is not off, all or one", "repeat", "maybe")]
    [InlineData("an album or an artist, not both", "play", "x", "--album", "--artist")]
    [InlineData("'first' is no number of the list", "queue", "remove", "first")]
    [InlineData("'0' is no number of the list", "queue", "move", "0", "1")]
    [InlineData("5 of what?", "uploads", "cap", "5")]
    [InlineData("'fast' is no size", "uploads", "cap", "fast")]
    [InlineData("'0' is no size: write a number above 0", "uploads", "cap", "0")]
    [InlineData("5 of what?", "uploads", "budget", "5")]
    [InlineData("'maybe' is not on or off", "uploads", "lan-only", "maybe")]
    public async Task Commands_TypedWrongly_SayWhatToWriteAndExitWithTwo(string said, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal((2, ""), (result.Exit, result.Output));
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        foreach (var forProgrammers in new[] { "System.", "Exception", "   at " })
            Assert.DoesNotContain(forProgrammers, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No space left on device", ">/dev/full", "--help")]
    [InlineData("No space left on device", ">/dev/full", "--version")]
    [InlineData("No space left on device", ">/dev/full", "play", "--help")]
    [InlineData("No space left on device", ">/dev/full", "status")]
    [InlineData("No space left on device", ">/dev/full", "stats")]
    [InlineData("Bad file descriptor", ">&-", "status")]
    public async Task Commands_OutputCantBeWritten_SaySoInALine(string said, string output, params string[] arguments)
    {
        await using var desktop = await TestDesktop.StartAsync(network, "cli-full");

        var line = $"SPOTIFYCORE_SOCKET='{desktop.Socket}' \"$@\" {output}";

        Assert.Equal(new Result(1, "", $"spotifycore: {said}\n"), await RunInShellAsync(line, arguments));
    }

    [Fact]
    public async Task Commands_NothingCanBeWritten_FailQuietly() => Assert.Equal(
        new Result(1, "", ""), await RunInShellAsync("\"$@\" >/dev/full 2>&1", ["--version"]));

    [Fact]
    public async Task Stats_WatchedByAReaderThatLeaves_Ends()
    {
        await using var desktop = await TestDesktop.StartAsync(network, "cli-left");

        var result = await RunInShellAsync(
            "\"$@\" | head -1; echo ${PIPESTATUS[0]}", ["stats", "--watch", "--socket", desktop.Socket]);

        Assert.Equal(new Result(0, "Nothing was played yet.\n0\n", ""), result);
    }

    [Fact]
    public async Task Help_EveryCommand_ExplainsItsOptions()
    {
        var commands = Symbols((await RunAsync("--help")).Output, "Commands:");
        Assert.Contains("volume", commands.Keys);
        foreach (var command in commands.Keys)
        {
            var help = await RunAsync(command, "--help");
            Assert.Equal((0, ""), help.End);
            Assert.All(
                Symbols(help.Output, "Options:").Concat(Symbols(help.Output, "Arguments:")),
                symbol => Assert.True(symbol.Value.Length > 10, $"{command} {symbol.Key}"));
        }
    }

    [Theory]
    [InlineData("help")]
    [InlineData("help", "play")]
    [InlineData("help", "queue", "move")]
    public async Task Help_AskedForByAWord_IsThatOfTheOption(params string[] asked)
    {
        var expected = await RunAsync([.. asked.Skip(1), "--help"]);

        Assert.Equal((0, ""), (expected.Exit, expected.Error));
        Assert.Equal(expected, await RunAsync(asked));
    }

    [Fact]
    public async Task Help_ExitCodes_AreAllStated()
    {
        var help = (await RunAsync("--help")).Output;

        foreach (var code in new[] { "0 done", "1 not done", "2 the command line", "3 nothing plays", "4 several", "130 Ctrl-C" })
            Assert.Contains(code, help, StringComparison.Ordinal);
        Assert.Contains("shuffle is on", (await RunAsync("help", "play")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsThatOfTheRepository() =>
        Assert.Equal(new Result(0, $"{ProductVersion.LineOf("spotifycore")}\n", ""), await RunAsync("--version"));

    /// <summary>The entries of a section of a help text, by their first word, and what is said of them.</summary>
    private static Dictionary<string, string> Symbols(string help, string section) => help.Split('\n')
        .SkipWhile(line => line != section).Skip(1).TakeWhile(static line => line.Length > 0)
        .Select(static line => line.Trim().Split("  ", 2, StringSplitOptions.TrimEntries))
        .ToDictionary(static parts => parts[0].Split(' ')[0], static parts => parts.Length > 1 ? parts[1] : "");

    private static string[] Lines(Result result)
    {
        Assert.Equal((0, ""), (result.Exit, result.Error));
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    internal static JsonElement Json(Result result)
    {
        Assert.Equal((0, ""), (result.Exit, result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }

    internal static Task<Result> RunAsync(params string[] arguments) =>
        RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "spotifycore.dll"), .. arguments]);

    /// <summary>Runs a line of the shell in which the command and its arguments are "$@".</summary>
    internal static Task<Result> RunInShellAsync(string line, string[] arguments) => RunAsync(
        "bash", ["-c", line, "bash", "dotnet", Path.Combine(AppContext.BaseDirectory, "spotifycore.dll"), .. arguments]);

    private static async Task<Result> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
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

    internal sealed record Result(int Exit, string Output, string Error)
    {
        public (int Exit, string Error) End => (Exit, Error);
    }
}
