using System.CommandLine;
using System.Diagnostics;

namespace SpotifyCore.CommandLine.Tests;

/// <summary>What a person is told of a command line that means nothing, and what runs when it means something.</summary>
public sealed class CommandProgramTests
{
    private int _ran;

    [Theory]
    [InlineData("There is no option '--colour'.", "tune", "x", "--colour", "blue")]
    [InlineData("There is no option '--colour'.", "tune", "--colour=blue")]
    [InlineData("There is no option '--colour'.", "--colour")]
    [InlineData("There is no option '--limt'. Did you mean '--limit'?", "tune", "x", "--key", "--limt")]
    [InlineData("'--limit' is given twice.", "tune", "x", "--key", "a", "--limit", "1", "--limit", "2")]
    [InlineData("'--json' is given twice.", "tune", "x", "--key", "a", "--json", "--json")]
    [InlineData("'--socket' is given twice.", "--socket", "a", "tune", "x", "--key", "a", "--socket", "b")]
    [InlineData("There is no option '--sockt'. Did you mean '--socket'?", "tune", "--sockt", "a")]
    [InlineData("Unrecognized command or argument 'dance'.", "dance")]
    [InlineData("Unrecognized command or argument 'tnue'. Did you mean 'tune'?", "tnue", "x")]
    [InlineData("'many' is not a whole number, which --limit takes.", "tune", "x", "--key", "a", "--limit", "many")]
    [InlineData("'fast' is not a number, which --speed takes.", "tune", "x", "--key", "a", "--speed", "fast")]
    [InlineData("Required argument missing for option: '--limit'.", "tune", "x", "--key", "a", "--limit")]
    [InlineData("Option '--key' is required.", "tune", "x")]
    public async Task RunAsync_Mistake_IsOneLineAndWhereHelpIs(string said, params string[] args)
    {
        var (exit, errors) = await RunAsync(args);

        var command = args.Contains("tune") ? "sing tune" : "sing";
        Assert.Equal((2, $"sing: {said}\nSee '{command} --help'.\n"), (exit, errors.ReplaceLineEndings("\n")));
        Assert.Equal(0, _ran);
    }

    [Fact]
    public async Task RunAsync_MistakesThatStandForThemselves_AreALineEach()
    {
        var (exit, errors) = await RunAsync(["tune", "x", "--limit", "many", "--speed", "fast"]);

        var lines = errors.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal((2, 4), (exit, lines.Length));
        Assert.Contains("sing: Option '--key' is required.", lines);
        Assert.Contains("sing: 'many' is not a whole number, which --limit takes.", lines);
        Assert.Contains("sing: 'fast' is not a number, which --speed takes.", lines);
        Assert.Equal("See 'sing tune --help'.", lines[^1]);
    }

    [Theory]
    [InlineData("tune", "x", "--key", "a", "--limit=3", "--json")]
    [InlineData("tune", "--key", "a", "--", "--colour")]
    [InlineData("tune", "x", "--key", "a", "--part", "1", "--part", "2")]
    public async Task RunAsync_NoMistake_Runs(params string[] args)
    {
        Assert.Equal((7, ""), await RunAsync(args));
        Assert.Equal(1, _ran);
    }

    // Not by SIGINT, which is ignored in what a shell starts in the background.
    [Fact]
    public async Task RunAsync_TerminatedAsynchronousCommand_IsCalledOff()
    {
        var command = new RootCommand();
        command.SetAction(async (_, cancelled) =>
        {
            using var kill = Process.Start("kill", ["-s", "TERM", $"{Environment.ProcessId}"]);
            await Task.Delay(Timeout.Infinite, cancelled);
        });

        Assert.Equal(130, await command.RunAsync("sing", []));
    }

    private async Task<(int Exit, string Errors)> RunAsync(string[] args)
    {
        var words = new Argument<string[]>("WORDS") { Arity = ArgumentArity.OneOrMore };
        var command = new Command("tune")
        {
            words, new Option<int>("--limit"), new Option<double>("--speed"), new Option<bool>("--json"),
            new Option<string>("--key") { Required = true }, new Option<int[]>("--part"),
        };
        command.SetAction(_ =>
        {
            _ran++;
            return 7;
        });
        var root = new RootCommand { command, new Option<string>("--socket") { Recursive = true } };
        var (before, errors) = (Console.Error, new StringWriter());
        Console.SetError(errors);
        try
        {
            return (await root.RunAsync("sing", args), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
