using SpotifyCore.Simulator.Listening;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Tests.Scenarios;

public sealed class ScenarioTests
{
    [Fact]
    public void All_Scenarios_AreNamedOnce() => Assert.Equal(
        ["paper", "ours", "today", "flash", "outage", "hostile"], ScenarioBook.All.Select(scenario => scenario.Name));

    [Fact]
    public void Find_PaperAndOurs_ShareOneWorld()
    {
        var (paper, ours) = (Model("paper"), Model("ours"));

        Assert.Equal(paper.Population, ours.Population);
        Assert.Equal(paper.Catalogue, ours.Catalogue);
        Assert.Equal(paper.Listening, ours.Listening);
        Assert.Equal(paper.KeptShare, ours.KeptShare);
    }

    [Fact]
    public void Core_OfPaper_HasTheOriginalsFigures()
    {
        var options = ScenarioBook.Find("paper")!.Core();

        Assert.Equal((50, 60), (options.Neighbours.SoftLimit, options.Neighbours.HardLimit));
        Assert.Equal(TimeSpan.FromSeconds(15), options.Buffer.Head);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Prefetch.PeersAt);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Prefetch.HeadAt);
        Assert.Equal(TimeSpan.MaxValue, options.Buffer.PeerLookAhead);
        Assert.False(options.Uploads.Parts);
        Assert.False(options.Neighbours.Reachable);
    }

    [Fact]
    public void WithoutPeers_AnyScenario_HasNoneAndAmpleServers()
    {
        var alone = ScenarioBook.Find("ours")!.WithoutPeers();

        Assert.False(alone.Core().Neighbours.Enabled);
        Assert.False(alone.Core().Uploads.Enabled);
        Assert.True(alone.Servers.SiteBitsPerSecond(10_000) >= 100e9);
        Assert.Equal("ours-no-peers", alone.Name);
    }

    [Theory]
    [InlineData("reachable=0.5", true)]
    [InlineData("reachable=-1", false)]
    [InlineData("reachable", false)]
    [InlineData("weather=1", false)]
    public void TryParse_Variation_TakesWhatItKnows(string text, bool expected) =>
        Assert.Equal(expected, Variation.TryParse(text, out _));

    [Fact]
    public void Apply_EveryVariation_ChangesTheModel() => Assert.All(Variation.Names, name =>
    {
        Assert.True(Variation.TryParse(name + "=0.77", out var variation));
        Assert.NotEqual(Model("ours"), variation.Apply(Model("ours")));
    });

    [Fact]
    public void From_LessThanADay_LiesAroundTheEveningsPeak()
    {
        var options = new RunOptions { Scenario = ScenarioBook.All[0], Hours = 3 };

        Assert.Equal(TimeSpan.FromHours(17), options.From);
        Assert.Equal(TimeSpan.FromHours(20), options.To);
        Assert.Equal(TimeSpan.Zero, (options with { Hours = 24 }).From);
    }

    private static WorldModel Model(string name) =>
        new RunOptions { Scenario = ScenarioBook.Find(name)!, Clients = 300 }.Model();
}
