using System.Text.Json;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary><c>spotifycore catalogue</c>, run as a process against an access point.</summary>
[Collection(CommandGroup.Name)]
public sealed class CatalogueCommandTests(TestNetwork network)
{
    [Fact]
    public async Task Mends_OneAfterTheOther_AreDoneShownLoggedAndUndone()
    {
        var one = (await network.Press.MakeAsync("Mendable one", 1, seed: 1_300, album: "Mendables", number: 1)).Id.ToString();
        var two = (await network.Press.MakeAsync("Mendable two", 1, seed: 1_301, album: "Mendables", number: 2)).Id.ToString();
        await network.Press.MakeAsync("Mendable three", 1, seed: 1_302, album: "Mendable bonus", number: 1);

        var listed = await DoneAsync("list", "mendables");
        Assert.EndsWith("  Mendables, 2 tracks", listed[0], StringComparison.Ordinal);
        Assert.Equal($"  {one[..8]}       1     0:01  The Testers - Mendable one", listed[1]);
        var release = listed[0][..8];
        Assert.Contains($"{release}  Mendables by The Testers, 2 tracks", await DoneAsync("list", "--limit", "200"));
        Assert.Equal(3, (await DoneAsync("list", "--artist", "testers", "--title", "mendable", "--json")).Length);

        // A title that would command a terminal is no such any more.
        var edited = await DoneAsync("edit", one[..8], "--title", "\e[2JMended", "--artist", "Ann", "--artist", "Bo; Co", "--year", "1999");
        Assert.Matches($"^Change [0-9]+: track {one[..8]} \"Mendable one\" by The Testers: title ", edited[0]);
        var shown = await DoneAsync("show", one[..8]);
        Assert.Equal($"track      {one}", shown[0]);
        Assert.Equal("title      [2JMended  (by hand; the tags say Mendable one)", shown[1]);
        Assert.Equal("artists    Ann, Bo; Co  (by hand; the tags say The Testers)", shown[2]);
        var json = JsonDocument.Parse((await DoneAsync("show", one, "--json"))[0]).RootElement;
        Assert.Equal(("[2JMended", 1999), (json.GetProperty("title").GetString(), json.GetProperty("year").GetInt32()));
        Assert.Equal("Mendable one", json.GetProperty("tags").GetProperty("title").GetString());

        var split = await DoneAsync("split", release, two[..8], "--title", "Apart", "--json");
        var made = JsonDocument.Parse(split[0]).RootElement.GetProperty("made").GetString()!;
        Assert.Contains($"{made[..8]}  Apart by The Testers, 1 track", await DoneAsync("list", "--limit", "200"));
        await DoneAsync("merge", release, (await DoneAsync("list", "--album", "mendable bonus"))[0][..8]);
        Assert.Equal(2, (await DoneAsync("show", release)).Count(static line => line.StartsWith("  ", StringComparison.Ordinal) && line.Contains(" - ", StringComparison.Ordinal)));
        await DoneAsync("remove", two);
        Assert.Contains("(removed by change ", (await DoneAsync("show", two))[0], StringComparison.Ordinal);
        var gone = await RunAsync("list", "mendable two");
        Assert.Equal((1, "spotifycore: Nothing is called 'mendable two'.\n"), gone.End);

        var log = await DoneAsync("log", "--limit", "3");
        Assert.Equal(4, log.Length);
        Assert.Matches($"^ +[0-9]+  [0-9-]+ [0-9:]+  import: track {two[..8]} .* is removed$", log[0]);
        Assert.StartsWith("more with --before ", log[3], StringComparison.Ordinal);
        var first = JsonDocument.Parse((await DoneAsync("log", "--limit", "4", "--json"))[3]).RootElement.GetProperty("change").GetInt64();
        await DoneAsync("undo");
        await DoneAsync("edit", two, "--album", "Elsewhere");
        var refused = await RunAsync("undo", $"{first + 1}");
        Assert.Equal((1, ""), (refused.Exit, refused.Output));
        Assert.Matches("Change [0-9]+ can't be undone: change [0-9]+, made since, stands on it", refused.Error);
        for (var i = 0; i < 4; i++)
            Assert.StartsWith("Change ", (await DoneAsync("undo"))[0], StringComparison.Ordinal);

        Assert.Equal(listed, await DoneAsync("list", "mendables"));
        Assert.Contains("(undone by ", (await DoneAsync("log", "--before", $"{first + 1}", "--limit", "1"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_ThatSeveralOrNoneHave_AreSaid()
    {
        for (var seed = 1_310; seed < 1_312; seed++)
            await network.Press.MakeAsync($"Namesake {seed}", 1, seed, album: "Namesakes", number: seed);

        var ids = (await DoneAsync("list", "namesakes", "--json"))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("track").GetString()!).ToArray();
        Assert.Equal(
            (1, "spotifycore: There is no track or release whose id begins with 'zzzzzzzz'.\n"), (await RunAsync("show", "zzzzzzzz")).End);
        Assert.Equal(
            (1, $"spotifycore: There is no release whose id begins with '{ids[0]}'.\n"), (await RunAsync("split", ids[0], ids[1])).End);

        // Of 62 signs that ids begin with, one begins several long before there are as many tracks as signs.
        async Task<string?> SharedAsync() => (await DoneAsync("list", "--limit", "200", "--artist", "testers", "--json"))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("track").GetString()![..1])
            .GroupBy(static sign => sign).FirstOrDefault(static all => all.Count() > 1)?.Key;
        var shared = await SharedAsync();
        for (var seed = 1_400; shared is null; seed++)
        {
            await network.Press.MakeAsync($"Namesake {seed}", 1, seed);
            shared = await SharedAsync();
        }

        var several = await RunAsync("show", shared);
        Assert.Equal((4, ""), (several.Exit, several.Output));
        Assert.Contains("  track The Testers - ", several.Error, StringComparison.Ordinal);
        Assert.EndsWith($" with '{shared}'; type more of the one you mean.\n", several.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_WithoutTheRoleOrWhereNobodyListens_SaysSo()
    {
        var listener = await CliTests.RunAsync("catalogue", "log", "--access-point", network.Url, "--name", TestNetwork.Listener);
        Assert.Equal((1, ""), (listener.Exit, listener.Output));
        Assert.Contains("import", listener.Error, StringComparison.Ordinal);

        var nobody = await CliTests.RunAsync("catalogue", "log", "--access-point", $"http://127.0.0.1:{FreePort.Take()}", "--name", "x");
        Assert.Equal((1, ""), (nobody.Exit, nobody.Output));
        Assert.Contains("does not answer", nobody.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("log' tells", nobody.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--name", "catalogue", "log")]
    [InlineData("What is to be changed?", "catalogue", "edit", "x", "--name", "import")]
    [InlineData("name one", "catalogue", "edit", "x", "--name", "import", "--album", "A", "--release", "B")]
    [InlineData("'-1' is no whole number, which --year takes.", "catalogue", "edit", "x", "--name", "import", "--year", "-1")]
    [InlineData("'0' is no number of a change", "catalogue", "undo", "0", "--name", "import")]
    [InlineData("'501' is not 1 to 500", "catalogue", "log", "--limit", "501", "--name", "import")]
    [InlineData("it must be http://HOST:PORT", "catalogue", "log", "--name", "import", "--access-point", "here")]
    [InlineData("An id is empty", "catalogue", "show", "", "--name", "import")]
    public async Task CommandLine_ThatMeansNothing_IsToldInOneLine(string said, params string[] arguments)
    {
        var result = await CliTests.RunAsync(arguments);

        Assert.Equal((2, ""), (result.Exit, result.Output));
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.Error.Count(static sign => sign == '\n'));
    }

    private Task<CliTests.Result> RunAsync(params string[] arguments) => CliTests.RunAsync(
        ["catalogue", .. arguments, "--access-point", network.Url, "--name", TestNetwork.Importer]);

    private async Task<string[]> DoneAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.Equal((0, ""), result.End);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
