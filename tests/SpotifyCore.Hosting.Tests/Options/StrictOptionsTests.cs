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
        options.RejectUnknown();
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
    public void Read_Section_FindsItsKeysOnly()
    {
        var options = Strict("--inner:text=x");

        Assert.Equal("x", options.Read<Sample>("Inner").Text);
        Assert.Equal("default", options.Read<Sample>().Text);
        options.RejectUnknown();
    }

    [Theory]
    [InlineData("--listenport=abc", "whole number")]
    [InlineData("--listenport=9999999999", "whole number")]
    [InlineData("--on=maybe", "true or false")]
    [InlineData("--wait=5", "a time such as")]
    [InlineData("--mode=7", "Slow, Fast")]
    public void Read_WrongValue_SaysWhatItMustBe(string argument, string expected)
    {
        var thrown = Assert.Throws<OptionsException>(() => Strict(argument).Read<Sample>());

        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RejectUnknown_MisspeltKey_NamesItAndItsSource()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["s.json"], """{ "Texte": "x", "Nodes": ["a", "b"], "Inner": { "Deep": 1 } }""");
        var options = Strict("--config", directory["s.json"], "--lisen-port=1");
        options.Read<Sample>();

        var thrown = Assert.Throws<OptionsException>(options.RejectUnknown);

        Assert.Contains("'Texte' (s.json)", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("'Inner:Deep' (s.json)", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("'lisenport' (command line)", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'Nodes", thrown.Message, StringComparison.Ordinal);
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
    [InlineData("--text")]
    [InlineData("--text=1 --text=2")]
    [InlineData("--config=/nowhere/at/all.json")]
    public void Sources_MalformedCommandLine_Throws(string line) =>
        Assert.Throws<OptionsException>(() => OptionSources.Read(line.Split(' ')));

    [Fact]
    public void Sources_BrokenFile_Throws()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["s.json"], "{ \"Text\": ");

        Assert.Throws<OptionsException>(() => OptionSources.Read(["--config", directory["s.json"]]));
    }

    private static StrictOptions Strict(params string[] args) => new(OptionSources.Read(args));

    private enum Mode
    {
        Slow,
        Fast,
    }

    private sealed class Sample
    {
        public string Text { get; set; } = "default";

        public int ListenPort { get; set; }

        public long CacheBytes { get; set; }

        public bool On { get; set; }

        public TimeSpan Wait { get; set; }

        public Mode Mode { get; set; }

        public int? Limit { get; set; }

        public string[] Nodes { get; set; } = [];
    }
}
