using System.Text.Json;
using SpotifyCore.Client.Tests.Network;
using static SpotifyCore.Control.Tests.Cli.CliTests;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>What can be played, by which words, and what the queue does with it.</summary>
[Collection(CommandGroup.Name)]
public sealed class PlayCommandTests(TestNetwork network)
{
    [Fact]
    public async Task Play_SeveralMatch_OffersTheChoiceAndPlaysNothing()
    {
        await network.Press.MakeAsync("Twofold alpha", 20, seed: 910);
        await network.Press.MakeAsync("Twofold beta", 20, seed: 911);
        await using var desktop = await OpenAsync("cli-choice");

        var several = await desktop.RunAsync("play", "twofold");

        Assert.Equal((4, ""), (several.Exit, several.Output));
        var lines = several.Error.Split('\n');
        Assert.StartsWith("   1     0:20  The Testers - Twofold ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("   2     0:20  The Testers - Twofold ", lines[1], StringComparison.Ordinal);
        Assert.Equal("spotifycore: 'twofold' can mean 2 things; add --choose NUMBER or more words", lines[2]);
        Assert.Equal(3, (await desktop.RunAsync("status")).Exit);

        var second = lines[1].Split(" - ")[1];
        Assert.StartsWith(
            $"Playing The Testers - {second}; sound after ", (await desktop.DoAsync("play", "twofold", "--choose", "2")), StringComparison.Ordinal);
        Assert.StartsWith("Playing The Testers - Twofold beta; ", await desktop.DoAsync("play", "Twofold BETA"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Play_Album_PlaysInTheAlbumsOrder()
    {
        await network.Press.MakeAsync("Third of sequence", 20, seed: 920, album: "Sequence of things", number: 3);
        await network.Press.MakeAsync("First of sequence", 20, seed: 921, album: "Sequence of things", number: 1);
        await network.Press.MakeAsync("Second of sequence", 20, seed: 922, album: "Sequence of things", number: 2);
        await using var desktop = await OpenAsync("cli-album");

        Assert.StartsWith(
            "Playing album Sequence of things by The Testers, 3 tracks, from The Testers - First of sequence; sound after ",
            await desktop.DoAsync("play", "--album", "sequence"),
            StringComparison.Ordinal);
        Assert.Equal(
            ["First of sequence", "Second of sequence", "Third of sequence"], await desktop.QueueAsync());
        Assert.StartsWith("Playing album Sequence of things by ", await desktop.DoAsync("play", "sequence of things"), StringComparison.Ordinal);

        var none = await desktop.RunAsync("play", "--album", "first of sequence");
        Assert.Equal(new Result(1, "", "spotifycore: No album is called 'first of sequence'.\n"), none);
    }

    [Fact]
    public async Task Play_Here_GoesOnWithWhatAnotherDevicePlays()
    {
        await network.Press.MakeAsync("Carried over", 120, seed: 940);
        await using var first = await OpenAsync("cli-first-device");
        await using var second = await OpenAsync("cli-second-device");
        await first.DoAsync("play", "carried over");
        await first.DoAsync("seek", "1:00");

        var here = new Result(1, "", "");
        await Eventually.TrueAsync(
            async () => (here = await second.RunAsync("play", "--here")).Output.Contains(", from 1:", StringComparison.Ordinal),
            "the second device goes on");

        Assert.StartsWith("Playing The Testers - Carried over here", here.Output, StringComparison.Ordinal);
        Assert.Contains("Carried over  1:", await second.DoAsync("status"), StringComparison.Ordinal);
        Assert.Equal(
            "spotifycore: What plays elsewhere needs no words: leave them out, or --here.",
            (await second.RunAsync("play", "--here", "carried")).Error.Split('\n')[0]);
    }

    [Fact]
    public async Task Play_Artist_PlaysAllByAlbum()
    {
        await network.Press.MakeAsync("Artistic one", 20, seed: 930);
        await using var desktop = await OpenAsync("cli-artist");

        Assert.StartsWith("Playing artist The Testers, ", await desktop.DoAsync("play", "--artist", "testers"), StringComparison.Ordinal);

        Assert.Contains("Artistic one", await desktop.QueueAsync());
        var none = await desktop.RunAsync("play", "--artist", "artistic");
        Assert.Equal(new Result(1, "", "spotifycore: No artist is called 'artistic'.\n"), none);
    }

    [Fact]
    public async Task Play_IdsAndWords_InTheOrderTyped()
    {
        var first = await network.Press.MakeAsync("Mixed by id", 20, seed: 940);
        await network.Press.MakeAsync("Mixed by words", 20, seed: 941);
        var last = await network.Press.MakeAsync("Mixed at last", 20, seed: 942);
        await using var desktop = await OpenAsync("cli-mixed");

        await desktop.DoAsync("play", first.Id.ToString(), "mixed", "by", "words", last.Id.ToString());

        Assert.Equal(["Mixed by id", "Mixed by words", "Mixed at last"], await desktop.QueueAsync());
    }

    [Fact]
    public async Task Play_WordsOfSeveralAlbums_OffersThoseInPlaceOfTheirTracks()
    {
        await network.Press.MakeAsync("Low tide", 20, seed: 923, album: "Harbour mornings", number: 1);
        await network.Press.MakeAsync("High tide", 20, seed: 924, album: "Harbour mornings", number: 2);
        await network.Press.MakeAsync("Late ferry", 20, seed: 925, album: "Harbour nights", number: 1);
        await network.Press.MakeAsync("Harbour lights", 20, seed: 926, album: "Elsewhere", number: 1);
        await using var desktop = await OpenAsync("cli-albums");

        var several = await desktop.RunAsync("play", "harbour");

        Assert.Equal(4, several.Exit);
        var lines = several.Error.Split('\n');
        Assert.Equal(
            ["   1  album Harbour mornings by The Testers", "   2  album Harbour nights by The Testers"], lines[..2].Order());
        Assert.Equal("   3     0:20  The Testers - Harbour lights (Elsewhere)", lines[2]);
        Assert.Equal("spotifycore: 'harbour' can mean 3 things; add --choose NUMBER or more words", lines[3]);
        Assert.StartsWith("Playing album Harbour mornings by ", await desktop.DoAsync("play", "mornings"), StringComparison.Ordinal);
        Assert.StartsWith("Playing The Testers - Low tide; ", await desktop.DoAsync("play", "harbour low"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Play_WhileShuffled_BeginsWithTheFirstAndShufflesTheRest()
    {
        string[] titles = [.. Enumerable.Range(1, 12).Select(static number => $"Card {number:00}")];
        foreach (var (i, title) in titles.Index())
            await network.Press.MakeAsync(title, 20, seed: 1_000 + i, album: "Deck of cards", number: i + 1);
        await using var desktop = await OpenAsync("cli-shuffled");
        await desktop.DoAsync("shuffle", "on");

        await desktop.DoAsync("play", "--album", "deck of cards");

        var shuffled = await desktop.QueueAsync();
        Assert.Equal(titles[0], shuffled[0]);
        Assert.Equal(titles, shuffled.Order());
        Assert.NotEqual(titles, shuffled);
        Assert.Contains("shuffled", await desktop.DoAsync("status"), StringComparison.Ordinal);
        await desktop.DoAsync("shuffle", "off");
        Assert.Equal(titles, await desktop.QueueAsync());
    }

    [Fact]
    public async Task Transport_TrackThatOpens_IsWaitedForAMoment()
    {
        foreach (var (i, title) in new[] { "Awaited a", "Awaited b", "Awaited c" }.Index())
            await network.Press.MakeAsync(title, 60, seed: 1_050 + i);
        await using var desktop = await OpenAsync("cli-awaited");
        await desktop.DoAsync("play", "awaited a");
        await desktop.DoAsync("queue", "add", "awaited b");
        await desktop.DoAsync("queue", "add", "awaited c");

        await SaysAsync("Playing  The Testers - Awaited b  0:0", "next");
        await SaysAsync("Playing  The Testers - Awaited c  0:0", "next");

        // From its start, where it stands: three seconds of it heard meanwhile would lead there.
        await desktop.DoAsync("pause");
        await desktop.DoAsync("seek", "0");
        await SaysAsync("Playing  The Testers - Awaited b  0:0", "previous");
        await SaysAsync("Playing  The Testers - Awaited b  0:1", "seek", "15");

        async Task SaysAsync(string expected, params string[] command)
        {
            var began = TimeProvider.System.GetTimestamp();
            var said = await desktop.DoAsync(command);

            // On a busy machine it may take longer than it is waited for.
            if (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(2))
                Assert.StartsWith(expected, said, StringComparison.Ordinal);

            var title = expected[..expected.LastIndexOf(' ')];
            await Eventually.TrueAsync(
                async () => (await desktop.DoAsync("status")).StartsWith(title, StringComparison.Ordinal), expected);
        }
    }

    [Fact]
    public async Task Stats_ManyPlays_ShowsTheLatest()
    {
        foreach (var (i, title) in new[] { "Counted a", "Counted b" }.Index())
            await network.Press.MakeAsync(title, 1, seed: 1_030 + i);
        await using var desktop = await OpenAsync("cli-stats", "null-fast");
        string[] both = ["counted a", "counted b"];
        for (var round = 0; round < 6; round++)
        {
            foreach (var title in both)
                await desktop.DoAsync("play", "--wait", title);
        }

        var usual = (await desktop.DoAsync("stats")).Split('\n');

        Assert.Equal("The latest 10 of 12 plays; --limit 100 shows all of them:", usual[0]);
        Assert.Equal(10, usual.Count(static line => line.StartsWith("The Testers - Counted", StringComparison.Ordinal)));
        Assert.StartsWith("The latest 1 of 12 plays", await desktop.DoAsync("stats", "--limit", "1"), StringComparison.Ordinal);
        Assert.StartsWith("The Testers - Counted a", await desktop.DoAsync("stats", "--limit", "100"), StringComparison.Ordinal);
        var json = JsonDocument.Parse(await desktop.DoAsync("stats", "--json")).RootElement;
        Assert.Equal(12, json.GetProperty("plays").GetArrayLength());
    }

    [Fact]
    public async Task Queue_EachChange_ShowsTitles()
    {
        // What sounds for a while outlasts the commands meanwhile also on a busy machine.
        foreach (var (i, name) in new[] { "Lined up a", "Lined up b", "Lined up c", "Lined up d" }.Index())
            await network.Press.MakeAsync(name, name == "Lined up c" ? 120 : 20, seed: 950 + i);
        await using var desktop = await OpenAsync("cli-queue");
        Assert.Equal("The queue is empty.\n", await desktop.DoAsync("queue"));
        await desktop.DoAsync("play", "lined up a");
        await desktop.DoAsync("pause");
        await desktop.DoAsync("queue", "add", "lined up b");
        await desktop.DoAsync("queue", "add", "lined up c");

        var added = await desktop.DoAsync("queue", "add", "--next", "lined up d");

        Assert.Equal(
            " now     0:20  The Testers - Lined up a\n   1     0:20  The Testers - Lined up d\n"
            + "   2     0:20  The Testers - Lined up b\n   3     2:00  The Testers - Lined up c\n",
            added);
        Assert.Equal(
            new Result(2, "", "spotifycore: There is no 4 in the queue; 3 tracks follow what plays.\n"),
            await desktop.RunAsync("queue", "move", "3", "4"));
        await desktop.DoAsync("queue", "move", "3", "1");
        Assert.Equal(["Lined up a", "Lined up c", "Lined up d", "Lined up b"], await desktop.QueueAsync());
        await desktop.DoAsync("queue", "remove", "2-3");
        Assert.Equal(["Lined up a", "Lined up c"], await desktop.QueueAsync());
        var absent = await desktop.RunAsync("queue", "remove", "2");
        Assert.Equal(
            new Result(2, "", "spotifycore: There is no 2 in the queue; one track follows what plays.\n"), absent);
        await desktop.DoAsync("queue", "play", "1");
        await desktop.DoAsync("pause");
        Assert.Equal(["Lined up c"], await desktop.QueueAsync());
        await desktop.DoAsync("queue", "add", "lined up b");
        Assert.Equal(" now     2:00  The Testers - Lined up c\n", await desktop.DoAsync("queue", "clear"));
    }

    [Fact]
    public async Task Play_AccessPointIsAway_FindsWhatIsCachedByName()
    {
        await network.Press.MakeAsync("Stored away", 2, seed: 960, album: "Stores", number: 1);
        await network.Press.MakeAsync("Stored far off", 2, seed: 961, album: "Stores", number: 2);
        await using var desktop = await OpenAsync("cli-offline", "null-fast");
        await desktop.DoAsync("play", "--wait", "stored away");
        await network.StopAccessPointAsync();
        try
        {
            await Eventually.TrueAsync(
                async () => !JsonDocument.Parse((await desktop.RunAsync("status", "--json")).Output).RootElement
                    .GetProperty("online").GetBoolean(),
                "it is offline");
            Assert.Equal(
                new Result(
                    3,
                    "Nothing is playing.\nLogged in as anna, offline: the access point does not answer; what is cached can be"
                    + " found and played.\n",
                    ""),
                await desktop.RunAsync("status"));
            Assert.Equal(
                "   0:02  The Testers - Stored away (Stores)\n1 track that is cached; the access point does not answer\n",
                await desktop.DoAsync("search", "stored"));
            Assert.StartsWith("Playing The Testers - Stored away; ", await desktop.DoAsync("play", "--wait", "stored"), StringComparison.Ordinal);
            var album = await desktop.DoAsync("play", "--album", "stores");
            Assert.StartsWith("Playing The Testers - Stored away; ", album, StringComparison.Ordinal);
            Assert.EndsWith(
                "\n1 of the album's 2 tracks is not in the cache and was left out; the access point does not answer.\n",
                album,
                StringComparison.Ordinal);
            Assert.EndsWith(
                "\nOnly what is in the cache plays; the access point does not answer.\n",
                await desktop.DoAsync("play", "--artist", "testers"),
                StringComparison.Ordinal);
            Assert.EndsWith("was left out; the access point does not answer.\n", await desktop.DoAsync("queue", "add", "-a", "stores"), StringComparison.Ordinal);
            Assert.Equal(
                new Result(1, "", "spotifycore: Nothing that is cached is called 'far off', and the access point does not answer.\n"),
                await desktop.RunAsync("play", "far", "off"));
        }
        finally
        {
            await network.StartAccessPointAsync();
        }
    }

    private async Task<Session> OpenAsync(string name, string output = "null")
    {
        var session = new Session(await TestDesktop.StartAsync(network, name, output));
        await session.DoAsync("login", TestNetwork.Listener);
        return session;
    }

    /// <summary>A daemon, and a listener who types.</summary>
    private sealed class Session(TestDesktop desktop) : IAsyncDisposable
    {
        public Task<Result> RunAsync(params string[] arguments) =>
            CliTests.RunAsync([.. arguments, "--socket", desktop.Socket]);

        public async Task<string> DoAsync(params string[] arguments)
        {
            var run = await RunAsync(arguments);
            Assert.Equal((0, ""), run.End);
            return run.Output;
        }

        public async Task<string[]> QueueAsync() => [.. (await DoAsync("queue", "--json"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("title").GetString()!)];

        public ValueTask DisposeAsync() => desktop.DisposeAsync();
    }
}
