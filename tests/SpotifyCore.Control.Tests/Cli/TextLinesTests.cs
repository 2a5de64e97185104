
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Control.Tests.Cli;

public sealed class TextLinesTests
{
    [Fact]
    public void Name_AsMuchAsIsKnown_IsShown()
    {
        Assert.Equal("nothing", TextLines.Name(null));
        Assert.Equal("id", TextLines.Name(new Track { Track_ = "id" }));
        Assert.Equal("Title", TextLines.Name(new Track { Track_ = "id", Title = "Title" }));
        Assert.Equal("A, B - Title", TextLines.Name(new Track { Title = "Title", Artists = { "A", "B" } }));
    }

    [Fact]
    public void Status_OfEachState_IsALine()
    {
        Assert.Equal("Stopped.", TextLines.Status(new Status()));
        Assert.Equal("Stopped: gone", TextLines.Status(new Status { Problem = "gone" }));
        var playing = new Status
        {
            State = PlayState.Playing,
            Track = new Track { Title = "Title" },
            PositionMs = 61_000,
            DurationMs = 180_000,
            BufferedMs = 12_340,
            Play = new PlayReport { StartMs = 7.25, Bytes = new BytesBySource { Cache = 1, Peers = 2, Production = 1 } },
        };
        Assert.Equal(
            "playing  Title  1:01/3:00  buffer 12.3 s  start 7.3 ms  cache 25 %  peers 50 %  production 25 %  master 0 %",
            TextLines.Status(playing).Replace("7.2 ms", "7.3 ms", StringComparison.Ordinal));
        playing.State = PlayState.Waiting;
        playing.WaitsFor = WaitsFor.Source;
        Assert.StartsWith(
            "waiting for a storage node or another listener  Title  1:01", TextLines.Status(playing), StringComparison.Ordinal);
        playing.Play.StartMs = -1;
        Assert.DoesNotContain("start", TextLines.Status(playing), StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_OfNothing_AreZero() =>
        Assert.Equal("cache 0 %  peers 0 %  production 0 %  master 0 %", TextLines.Shares(null));
}
