using SpotifyCore.Cli.Commands;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Cli.Outcomes;

namespace SpotifyCore.Control.Tests.Cli;

public sealed class ChooserTests
{
    private static readonly Candidate Lights = Track("1", "Northern Lights");
    private static readonly Candidate Live = Track("2", "Northern Lights (Live)");
    private static readonly Candidate Sky = Track("3", "Northern Sky");

    private readonly StringWriter _output = new();

    [Fact]
    public void Choose_OnlyOne_IsIt() => Assert.Same(Sky, Chooser("").Choose("sky", [Sky]));

    [Fact]
    public void Choose_OneOfJustThatName_IsIt() =>
        Assert.Same(Lights, Chooser("").Choose("NORTHERN lights!", [Live, Lights, Sky]));

    [Fact]
    public void Choose_SeveralOnATerminal_AsksUntilANumberFits()
    {
        Assert.Same(Live, Chooser("0\nfour\n4\n2\n").Choose("northern", [Lights, Live, Sky]));

        var lines = _output.ToString().Split(Environment.NewLine);
        Assert.Equal("   1  line of Northern Lights", lines[0]);
        Assert.Equal(4, _output.ToString().Split("Which one? 1 to 3, Enter for none: ").Length - 1);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public void Choose_NothingTyped_ChoosesNothing(string typed)
    {
        var refused = Assert.Throws<ListenerException>(() => Chooser(typed).Choose("northern", [Lights, Live]));

        Assert.Equal(ExitCodes.Ambiguous, refused.ExitCode);
    }

    [Fact]
    public void Choose_SeveralWithoutATerminal_ListsThemAndFails()
    {
        var chooser = new Chooser(TextReader.Null, _output, isInteractive: false);

        var refused = Assert.Throws<ListenerException>(() => chooser.Choose("northern", [Lights, Live]));

        Assert.Equal(ExitCodes.Ambiguous, refused.ExitCode);
        Assert.Equal("'northern' can mean 2 things; add --choose NUMBER or more words", refused.Message);
        Assert.Equal(2, _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Choose_NumberGivenBeforehand_IsTaken()
    {
        var chooser = new Chooser(TextReader.Null, _output, isInteractive: false) { Chosen = 2 };

        Assert.Same(Live, chooser.Choose("northern lights", [Lights, Live]));
        Assert.Throws<ListenerException>(() => chooser.Choose("northern lights", [Lights]));
    }

    private static Candidate Track(string id, string name) =>
        new(CandidateKind.Track, id, name, $"line of {name}");

    private Chooser Chooser(string typed) => new(new StringReader(typed), _output, isInteractive: true);
}
