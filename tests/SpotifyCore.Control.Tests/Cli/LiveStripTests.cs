using System.Text.RegularExpressions;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Control.Tests.Cli;

public sealed class LiveStripTests
{
    private static readonly Regex Attributes = new(@"\e\[[0-9]+m", RegexOptions.NonBacktracking);
    private static readonly Regex Up = new(@"\e\[(?<rows>\d+)F", RegexOptions.NonBacktracking);
    private static readonly Regex Parts = new(@"\e\[(?<rows>\d+)F\e\[J|(?<line>[^\e\n]*)\n", RegexOptions.NonBacktracking);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(200)]
    public void Draw_AnyWidth_StaysWithinIt(int width)
    {
        var status = Playing("t", "東京の夜 by somebody with a long name", samples: 1);

        var lines = Draw(status, width);

        Assert.Equal(5, lines.Count);
        Assert.All(lines, line => Assert.InRange(CellText.Width(Attributes.Replace(line.ToString(), "")), 0, width));
        Assert.All(lines, line => Assert.Equal(line.Width, CellText.Width(Attributes.Replace(line.ToString(), ""))));
    }

    [Fact]
    public async Task ShowAsync_TrackAfterTrack_LeavesWhatWasPlayed()
    {
        var screen = new StringWriter();

        await new LiveStrip(screen, static () => 100).ShowAsync(Statuses(
            Playing("a", "First", samples: 48_000),
            Playing("a", "First", samples: 96_000),
            Playing("b", "Second", samples: 48_000),
            new Status { State = PlayState.Stopped }));

        var seen = Shown(screen.ToString());
        Assert.Equal(
            [
                "The Testers - First  0:20 played, sound after 7 ms, no stutter; 100 % from production storage",
                "The Testers - Second  0:20 played, sound after 7 ms, no stutter; 100 % from production storage",
            ],
            seen);
    }

    [Fact]
    public async Task ShowAsync_NarrowTerminal_LeavesAllOfWhatWasPlayed()
    {
        var screen = new StringWriter();

        await new LiveStrip(screen, static () => 22).ShowAsync(Statuses(Playing("a", "First", samples: 48_000)));

        Assert.Equal(
            [
                "The Testers - First", "0:20 played, sound", "after 7 ms, no", "stutter; 100 % from",
                "production storage",
            ],
            Shown(screen.ToString()));
    }

    [Fact]
    public void Draw_WhoeverIsLoggedIn_IsNamed()
    {
        Assert.EndsWith("Logged in as anna.", Plain(Draw(new Status { Account = "anna", Online = true }, 80)), StringComparison.Ordinal);
        var offline = Playing("a", "First", samples: 1);
        (offline.Account, offline.Online) = ("anna", false);
        Assert.Contains("\nLogged in as anna, offline: ", Plain(Draw(offline, 80)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowAsync_TerminalGetsNarrower_LeavesNothingBehind()
    {
        var (screen, width) = (new StringWriter(), 80);
        var strip = new LiveStrip(screen, () => width);
        async IAsyncEnumerable<Status> Narrowing()
        {
            yield return Playing("a", new string('x', 70), samples: 1);
            width = 20;
            await Task.Yield();
            yield return Playing("a", new string('x', 70), samples: 2);
        }

        await strip.ShowAsync(Narrowing());

        // Lines of 80 cells had become four of 20 each.
        var up = Up.Matches(screen.ToString()).Select(Rows);
        Assert.True(up.First() > 4);
    }

    [Theory]
    [InlineData("one two three", 20, "one two three")]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 6, "one|two|three")]
    [InlineData("abcdef gh", 3, "abc|def|gh")]
    [InlineData("東京の夜", 5, "東京|の夜")]
    [InlineData("東", 1, "東")]
    [InlineData("", 5, "")]
    public void Wrap_TooLong_GoesOnInTheNextLine(string text, int width, string lines) =>
        Assert.Equal(lines, string.Join('|', CellText.Wrap(text, width)));

    [Fact]
    public void Fit_TooLong_EndsInAnEllipsisWithinTheCells()
    {
        Assert.Equal("abc", CellText.Fit("abc", 3));
        Assert.Equal("ab…", CellText.Fit("abcd", 3));
        Assert.Equal("東…", CellText.Fit("東京の", 4));
        Assert.Equal("", CellText.Fit("abc", 0));
        Assert.Equal(4, CellText.Width("Bjo\u0308r"));
    }

    [Fact]
    public void Draw_NotAsUsual_SaysSoAsThePlainStatusDoes()
    {
        var status = Playing("a", "First", samples: 1);
        (status.Queued, status.Shuffled, status.Repeat) = (8, true, QueueRepeat.All);

        Assert.Contains(
            "\n8 tracks to follow, shuffled, the queue repeats\n", Plain(Draw(status, 80)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowAsync_NoColours_WritesNone()
    {
        var screen = new StringWriter();

        await new LiveStrip(screen, static () => 80) { IsColoured = false }
            .ShowAsync(Statuses(Playing("a", "First", samples: 1)));

        Assert.Contains("The Testers - First", screen.ToString(), StringComparison.Ordinal);
        Assert.Empty(Attributes.Matches(screen.ToString()));
    }

    private static List<StripLine> Draw(Status status, int width) =>
        new LiveStrip(TextWriter.Null, static () => 1).Draw(status, width);

    private static string Plain(IEnumerable<StripLine> lines) => Attributes.Replace(string.Join('\n', lines), "");

    private static Status Playing(string track, string title, long samples) => new()
    {
        State = PlayState.Playing,
        Online = true,
        VolumePercent = 100,
        Track = new Track { Track_ = track, Title = title, Artists = { "The Testers" } },
        DurationMs = 60_000,
        PositionMs = 20_000,
        BufferedMs = 10_000,
        Play = new PlayReport
        {
            Track = track,
            StartMs = 7,
            Samples = samples,
            Bytes = new BytesBySource { Production = 5 },
            Described = new Track { Track_ = track, Title = title, Artists = { "The Testers" } },
        },
    };

    private static async IAsyncEnumerable<Status> Statuses(params Status[] statuses)
    {
        foreach (var status in statuses)
        {
            await Task.Yield();
            yield return status;
        }
    }


    // As much of a terminal as the strip needs: lines, going up, clearing downwards.
    private static List<string> Shown(string written)
    {
        var lines = new List<string>();
        foreach (Match part in Parts.Matches(Attributes.Replace(written, "")))
        {
            if (part.Groups["rows"].Success)
                lines.RemoveRange(lines.Count - Rows(part), Rows(part));
            else
                lines.Add(part.Groups["line"].Value);
        }

        return lines;
    }

    private static int Rows(Match match) => int.Parse(match.Groups["rows"].Value);
}
