using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Tests;

public sealed class SideBySideCommandTests
{
    private static readonly string[] Places = ["--work", "/work"];

    [Fact]
    public void Parse_NoOptions_AsksForEverythingAtLength() =>
        Assert.Equal(new SideBySideOptions(null, false, "/work"), Read());

    [Fact]
    public void Parse_AllOptions_TakesThem() => Assert.Equal(
        new SideBySideOptions("get-16k-1", true, "/work")
        {
            Report = "figures.json", Results = "RESULTS.md", Profiles = "profiles",
        },
        Read([
            "--only", "get-16k-1", "--quick", "--report", "figures.json", "--results", "RESULTS.md",
            "--profile", "profiles",
        ]));

    [Theory]
    [InlineData("There is no comparison 'serves'", "--only", "serves")]
    [InlineData("--only", "--only")]
    [InlineData("--report", "--report")]
    [InlineData("--fast", "--fast")]
    [InlineData("figures.json", "figures.json")]
    public void Parse_WhatMakesNoSense_IsAnErrorThatNamesIt(string named, params string[] words)
    {
        var errors = SideBySideCommand.Create().Parse([.. Places, .. words]).Errors;

        Assert.Contains(errors, error => error.Message.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(7, true, true, 0.1, 1)]
    [InlineData(7, false, true, 0.1, 0)]
    [InlineData(7, true, false, 0.1, 0)]
    [InlineData(7, true, true, 0.3, 0)]
    [InlineData(8, true, true, 0.1, 0)]
    public void ExitCodeOf_ARatioBelowHalfOfItsBudget_FailsAQuickRunThatHadTwoCoresAlone(
        double ours, bool isQuick, bool hasTwoCores, double others, int code)
    {
        var met = Comparison.Of(new Measure("serve-depth1-tls", "chunks/s"), "nginx", [30], [10]);
        var measured = Comparison.Of(new Measure("serve-depth1-plain", "chunks/s"), "nginx", [ours], [10]);

        var plan = new MeasuringPlan(isQuick, hasTwoCores, "") { OthersShare = others };
        Assert.Equal(code, SideBySideRun.ExitCodeOf([met, measured], plan));
    }

    private static SideBySideOptions Read(params string[] words)
    {
        var parsed = SideBySideCommand.Create().Parse([.. Places, .. words]);
        Assert.Empty(parsed.Errors);
        return SideBySideCommand.Read(parsed);
    }
}
