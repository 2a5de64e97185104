using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Control.Tests.Cli;

public sealed class TextLinesTests
{
    [Fact]
    public void Name_AsMuchAsIsKnown_IsShown()
    {
        Assert.Equal("nothing", TextLines.Name(null));
        Assert.Equal("unknown track id", TextLines.Name(new Track { Track_ = "id" }));
        Assert.Equal("Title", TextLines.Name(new Track { Track_ = "id", Title = "Title" }));
        Assert.Equal("A, B - Title", TextLines.Name(new Track { Title = "Title", Artists = { "A", "B" } }));
    }

    [Fact]
    public void Track_WithItsIdOrWithout_IsALine()
    {
        var track = new Track { Track_ = "id", Title = "Title", Artists = { "A" }, AlbumTitle = "Album", DurationMs = 61_000 };

        Assert.Equal("   1:01  A - Title (Album)", TextLines.Track(track));
        Assert.Equal("id     1:01  A - Title (Album)", TextLines.Track(track, hasId: true));
    }

    [Fact]
    public void Status_OfEachState_IsALine()
    {
        Assert.Equal("Nothing is playing.", TextLines.Status(new Status()));
        Assert.Equal("Stopped: gone", TextLines.Status(new Status { Problem = "gone" }));
        var playing = new Status
        {
            State = PlayState.Playing,
            Track = new Track { Title = "Title" },
            PositionMs = 61_000,
            DurationMs = 180_000,
            BufferedMs = 12_340,
            Play = new PlayReport { StartMs = 7.5, Bytes = new BytesBySource { Cache = 1, Peers = 2, Production = 1 } },
        };
        Assert.Equal("Playing  Title  1:01 of 3:00", TextLines.Status(playing));
        Assert.Equal(
            "12.3 s buffered, sound after 7.5 ms, no stutter;"
            + " 25 % from the cache, 50 % from other listeners, 25 % from production storage",
            TextLines.Details(playing));
        (playing.Play.StartMs, playing.Play.Stutters, playing.Play.Bytes) = (-1, 2, null);
        Assert.Equal("12.3 s buffered, no sound yet", TextLines.Details(playing));
        playing.State = PlayState.Waiting;
        playing.WaitsFor = WaitsFor.Source;
        Assert.Equal(
            "Waiting for a storage node or another listener  Title  1:01 of 3:00", TextLines.Status(playing));
    }

    [Fact]
    public void Played_OnePlay_IsALine()
    {
        var play = new PlayReport { Track = "id", StartMs = 369.2, Samples = 96_000, Stutters = 2 };
        Assert.Equal("unknown track id  0:02 played, sound after 369 ms, 2 stutters", TextLines.Played(play));
        play.Described = new Track { Title = "Title" };
        play.StartMs = -1;
        Assert.Equal("Title  made no sound", TextLines.Played(play));
    }

    [Fact]
    public void Modes_AsUsual_AreNotMentioned()
    {
        Assert.Equal("", TextLines.Modes(new Status { VolumePercent = 100 }));
        Assert.Equal(
            "1 track to follow, shuffled, the queue repeats, volume 70 %, crossfade 5 s",
            TextLines.Modes(new Status
            {
                Queued = 1, Shuffled = true, Repeat = QueueRepeat.All, VolumePercent = 70, CrossfadeMs = 5_000,
            }));
    }

    [Theory]
    [InlineData("kitchen", "Paused, as anna listens on kitchen  Song  0:07 of 1:00")]
    [InlineData("", "Paused, as anna listens on another device  Song  0:07 of 1:00")]
    public void Status_PausedForAnotherDevice_SaysWhich(string device, string line) => Assert.Equal(
        line,
        TextLines.Status(new Status
        {
            State = PlayState.Paused,
            Account = "anna",
            Taken = true,
            TakenBy = device,
            Track = new Track { Title = "Song" },
            PositionMs = 7_000,
            DurationMs = 60_000,
        }));

    [Fact]
    public void Account_AndWhatCanBeHad_IsSaid()
    {
        Assert.StartsWith("Logged out", TextLines.Account(new Status()), StringComparison.Ordinal);
        Assert.StartsWith(
            "Logged in as anna, offline: ", TextLines.Account(new Status { Account = "anna" }), StringComparison.Ordinal);
        Assert.StartsWith(
            "Logged out: the access point has ended the session of anna (",
            TextLines.Account(new Status { EndedAccount = "anna" }),
            StringComparison.Ordinal);
        Assert.Equal("Logged in as anna.", TextLines.Account(new Status { Account = "anna", Online = true }));
    }

    [Theory]
    [InlineData(1, 1, 1, "34 % from the cache, 33 % from other listeners, 33 % from production storage")]
    [InlineData(995, 1_005, 0, "50 % from the cache, 50 % from other listeners")]
    [InlineData(405, 405, 190, "41 % from the cache, 40 % from other listeners, 19 % from production storage")]
    [InlineData(0, 0, 7, "100 % from production storage")]
    public void Shares_OfSeveralSources_MakeAHundred(long cache, long peers, long production, string said) =>
        Assert.Equal(said, TextLines.Shares(new BytesBySource { Cache = cache, Peers = peers, Production = production }));

    [Fact]
    public void Shares_OfNothing_AreNotMentioned()
    {
        Assert.Equal("", TextLines.Shares(null));
        Assert.Equal("", TextLines.Shares(new BytesBySource()));
    }
}
