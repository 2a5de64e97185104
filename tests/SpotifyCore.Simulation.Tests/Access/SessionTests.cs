using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Tests.Clients;

namespace SpotifyCore.Simulation.Tests.Access;

/// <summary>Clients and the access point lose each other, and find each other again.</summary>
public sealed class SessionTests
{
    /// <summary>The longest pause between two tries to come back, and what a try takes.</summary>
    private const double LongestPause = 31;

    private readonly Stage _stage = new();

    private SimClient Listener => _stage.Listener;

    private bool HasSession => _stage.World.AccessPoint.HasSession(Listener);

    [Fact]
    public void AccessPointIsBack_ClientsComeBackAndAnnounceWhatTheyHold()
    {
        var track = _stage.AddTrack(60);
        _stage.AddHolder(track);
        _stage.GoOnline();
        _stage.World.AccessPoint.IsDown = true;
        _stage.Run(40);
        Assert.Equal((false, 0, 0), (HasSession, Tracked().Clients, Tracked().Files));

        _stage.World.AccessPoint.IsDown = false;

        Assert.True(_stage.RunUntil(() => Tracked().Clients == 2, LongestPause));
        Assert.Equal((true, 1), (HasSession, Tracked().Files));
    }

    [Fact]
    public void AccessPointIsBack_PlayThatWaitsForItIsTriedAtOnce()
    {
        _stage.AddNode();
        var (held, track) = (_stage.AddTrack(5), _stage.AddTrack(60));
        _stage.World.Fill(Listener, held);
        _stage.GoOnline();
        _stage.World.AccessPoint.IsDown = true;
        Listener.Play(held, track);
        _stage.Run(60);
        Assert.True(Listener.Playback.Current!.IsWaiting);

        _stage.World.AccessPoint.IsDown = false;
        Assert.True(_stage.RunUntil(() => HasSession, LongestPause));
        _stage.Run(1);

        Assert.Equal(track, Listener.PlayingTrack);
        Assert.True(Listener.Listened > TimeSpan.Zero);
    }

    [Fact]
    public void CutOff_ForLong_TheSessionBreaksAndIsOpenedAgain()
    {
        _stage.GoOnline();
        Listener.CutOffUntil(_stage.World.Now + TimeSpan.FromSeconds(90));
        _stage.Run(49);
        Assert.True(HasSession);

        _stage.Run(40);
        Assert.False(HasSession);

        Assert.True(_stage.RunUntil(() => HasSession, LongestPause));
    }

    [Fact]
    public void CutOff_ForShort_TheCallGetsThroughAfterwards()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(30);
        _stage.GoOnline();
        Listener.CutOffUntil(_stage.World.Now + TimeSpan.FromSeconds(8));

        Listener.Play(track);
        _stage.Run(9);

        Assert.True(Listener.Listened > TimeSpan.Zero);
    }

    private Backend.Tracking.Tracker Tracked() => _stage.World.AccessPoint.Tracker;
}
