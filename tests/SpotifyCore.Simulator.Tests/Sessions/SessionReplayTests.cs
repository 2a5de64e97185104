using SpotifyCore.Simulator.Sessions;

namespace SpotifyCore.Simulator.Tests.Sessions;

public sealed class SessionReplayTests
{
    private static readonly string[] Log =
    [
        """{"event":"begin","files":2}""",
        """{"event":"imported","source":"a.ogg","track":"aaa","title":"A","seconds":30.4,"done":1}""",
        """{"event":"imported","source":"b.ogg","track":"bbb","title":"B","seconds":61,"done":2}""",
    ];

    private static readonly string[] Session =
    [
        """{"at": 1.0, "desktop": 1, "do": "play", "tracks": ["aaa", "bbb"]}""",
        """{"at": 70.0, "desktop": 2, "do": "play", "tracks": ["aaa"]}""",
        """{"at": 80.0, "desktop": 1, "do": "stop"}""",
        """{"at": 110.0, "desktop": 2, "do": "stop"}""",
    ];

    [Fact]
    public void Run_ASession_PlaysWhatWasPlayed()
    {
        var tracks = SessionJson.ReadTracks(Log);
        var replay = new SessionReplay(tracks, desktops: 2, seed: 1);

        var report = SessionReport.Of(1, replay.Run(SessionJson.ReadSteps(Session, tracks)));

        Assert.Equal(0, replay.Violations);
        Assert.Equal(
            [(1, "aaa", true, true), (1, "bbb", false, false), (2, "aaa", true, true)],
            report.Each.Select(play => (play.Desktop, play.Track, play.Clicked, play.Ended)));
        Assert.True(report.Each[0].Bytes.Master > 0, "Production begins empty.");
        Assert.True(report.Each[2].Bytes.Peers > 0, "The first desktop has it by then.");
        Assert.InRange(report.StartClickMs.P50, 60, 300);
        Assert.Equal(0, report.StutterShare);
    }

    [Theory]
    [InlineData("""{"at": 1, "desktop": 1, "do": "dance"}""")]
    [InlineData("""{"at": 1, "desktop": 1, "do": "play", "tracks": ["zzz"]}""")]
    [InlineData("play!")]
    public void ReadSteps_Nonsense_Throws(string line) =>
        Assert.Throws<InvalidDataException>(() => SessionJson.ReadSteps([line], SessionJson.ReadTracks(Log)));

    [Fact]
    public void ReadTracks_AnImportsLog_HasTheLengths()
    {
        var tracks = SessionJson.ReadTracks(Log);

        Assert.Equal((2, 30.4, 61), (tracks.Count, tracks["aaa"], tracks["bbb"]));
    }
}
