using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Testing;

namespace SpotifyCore.Hosting.Tests.Options;

public sealed class StrictOptionsTests
{
    [Fact]
    public void Read_EveryType_TakesValues()
    {
        var options = Strict(
            "--text", "a=b", "--listen-port=7000", "--cache-bytes", "32MiB", "--on=true", "--wait=90s",
            "--mode=fast", "--nodes=a@x:1, b@y:2");

        var read = options.Read<Sample>();

        Assert.Equal("a=b", read.Text);
        Assert.Equal(7000, read.ListenPort);
        Assert.Equal(32L << 20, read.CacheBytes);
        Assert.True(read.On);
        Assert.Equal(TimeSpan.FromSeconds(90), read.Wait);
        Assert.Equal(Mode.Fast, read.Mode);
        Assert.Equal(["a@x:1", "b@y:2"], read.Nodes);
        options.Check();
    }

    [Fact]
    public void Read_NothingSet_LeavesDefaults()
    {
        var read = Strict().Read<Sample>();

        Assert.Equal("default", read.Text);
        Assert.Empty(read.Nodes);
        Assert.Null(read.Limit);
    }

    [Fact]
    public void Read_SwitchWithoutAValue_IsOn()
    {
        var options = Strict("--on", "--few", "3");

        Assert.True(options.Read<Sample>().On);
        Assert.Equal(3, options.Read<Sample>().Few);
        options.Check();
    }

    [Fact]
    public void Read_Environment_IsTheProgramsOwn()
    {
        Environment.SetEnvironmentVariable("SPOTIFYCORE_LONELY_LISTEN_PORT", "7007");
        Environment.SetEnvironmentVariable("SPOTIFYCORE_LONELY_INNER__TEXT", "deep");
        Environment.SetEnvironmentVariable("SPOTIFYCORE_OTHER_COLOUR", "blue");
        var options = new StrictOptions(OptionSources.Read("spotifycore-lonely", []));

        Assert.Equal(7007, options.Read<Sample>().ListenPort);
        Assert.Equal("deep", options.Read<Sample>("Inner").Text);
        options.Check();
    }

    [Fact]
    public void Check_UnknownVariableOfTheProgram_IsNamed()
    {
        Environment.SetEnvironmentVariable("SPOTIFYCORE_BLUE_COLOUR", "blue");
        var options = new StrictOptions(OptionSources.Read("spotifycore-blue", []));
        options.Read<Sample>();

        var thrown = Assert.Throws<OptionsException>(options.Check);

        Assert.StartsWith("there is no option SPOTIFYCORE_BLUE_COLOUR", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lisen-port=1", "did you mean --listen-port?")]
    [InlineData("--mod=fast", "did you mean --mode?")]
    [InlineData("--colour=blue", "there is no option --colour (--help lists them)")]
    [InlineData("--cache=1", "there is no option --cache (--help lists them)")]
    public void Check_UnknownOption_SuggestsOnlyWhatIsLikeIt(string argument, string said)
    {
        var options = Strict(argument);
        options.Read<Sample>();

        Assert.Contains(said, Assert.Throws<OptionsException>(options.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SeveralWrongValuesAndKeys_AllAreNamed()
    {
        var options = Strict("--listen-port=x", "--few=9", "--colour=blue");
        options.Read<Sample>();

        var thrown = Assert.Throws<OptionsException>(options.Check);

        foreach (var name in new[] { "--listen-port", "--few", "--colour" })
            Assert.Contains(name, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckComplete_RequiredValueMissing_SaysWhatItIs()
    {
        var options = Strict();
        var sample = options.Read<Needed>();

        var thrown = Assert.Throws<OptionsException>(() => options.CheckComplete(sample));

        Assert.Equal("--data-directory is needed (Where it keeps its data)", thrown.Message);
    }

    [Fact]
    public void Read_Section_FindsItsKeysOnly()
    {
        var options = Strict("--inner:text=x");

        Assert.Equal("x", options.Read<Sample>("Inner").Text);
        Assert.Equal("default", options.Read<Sample>().Text);
        options.Check();
    }

    [Theory]
    [InlineData("--listenport=abc", "whole number")]
    [InlineData("--listenport=9999999999", "whole number")]
    [InlineData("--on=maybe", "true or false")]
    [InlineData("--wait=5", "a time such as")]
    [InlineData("--wait=-5s", "longer than nothing")]
    [InlineData("--mode=7", "Slow, Fast")]
    [InlineData("--listen-port", "--listen-port needs a value: a whole number")]
    [InlineData("--few=8", "--few can't be '8': it must be 1 to 5")]
    [InlineData("--cache-bytes=1KiB", "--cache-bytes can't be '1KiB': it must be 1MiB to 1GiB")]
    [InlineData("--few=70000", "a whole number")]
    public void Read_WrongValue_SaysWhatItMustBe(string argument, string expected)
    {
        var options = Strict(argument);
        options.Read<Sample>();

        var thrown = Assert.Throws<OptionsException>(options.Check);

        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MisspeltKey_NamesItAndItsSource()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["s.json"], """{ "Texte": "x", "Nodes": ["a", "b"], "Inner": { "Deep": 1 } }""");
        var options = Strict("--config", directory["s.json"], "--lisen-port=1");
        options.Read<Sample>();

        var thrown = Assert.Throws<OptionsException>(options.Check);

        Assert.Contains("Texte (s.json); did you mean --text?", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Inner:Deep (s.json)", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("--lisen-port; did you mean --listen-port?", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("option Nodes", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ListInFileAndOnCommandLine_TheLaterReplaces()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["s.json"], """{ "Nodes": ["a", "b", "c"], "ListenPort": 5 }""");

        Assert.Equal(["a", "b", "c"], Strict("--config", directory["s.json"]).Read<Sample>().Nodes);
        Assert.Equal(["z"], Strict("--config", directory["s.json"], "--nodes=z").Read<Sample>().Nodes);
        Assert.Equal(["z"], Strict("--config", directory["s.json"], "--nodes:0=z").Read<Sample>().Nodes);
        Assert.Equal(5, Strict("--config", directory["s.json"]).Read<Sample>().ListenPort);
    }

    [Theory]
    [InlineData("stray")]
    [InlineData("--")]
    [InlineData("--text=1 --text=2")]
    [InlineData("--config=/nowhere/at/all.json")]
    public void Sources_MalformedCommandLine_Throws(string line) =>
        Assert.Throws<OptionsException>(() => OptionSources.Read("spotifycore-test", line.Split(' ')));

    [Fact]
    public void Sources_BrokenFile_Throws()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["s.json"], "{ \"Text\": ");

        Assert.Throws<OptionsException>(() => OptionSources.Read("spotifycore-test", ["--config", directory["s.json"]]));
    }

    private static StrictOptions Strict(params string[] args) => new(OptionSources.Read("spotifycore-test", args));

    private enum Mode
    {
        Slow,
        Fast,
    }

    private sealed class Sample
    {
        public string Text { get; set; } = "default";

        public int ListenPort { get; set; }

        [Range(1L << 20, 1L << 30)]
        public long CacheBytes { get; set; } = 1L << 20;

        [Range(1, 5)]
        public ushort Few { get; set; } = 1;

        public bool On { get; set; }

        public TimeSpan Wait { get; set; }

        public Mode Mode { get; set; }

        public int? Limit { get; set; }

        public string[] Nodes { get; set; } = [];
    }

    private sealed class Needed
    {
        [Required]
        [Description("Where it keeps its data.")]
        public string DataDirectory { get; set; } = "";
    }
}
