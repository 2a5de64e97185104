using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Running;
using SpotifyCore.Simulator.Listening;

namespace SpotifyCore.Simulator.Running;

/// <summary>
/// Lets a listener use a simulated client: comes online, picks, lets tracks follow, skips after so many seconds heard,
/// leaves. What is played depends on the listener alone; when, on how the network did.
/// </summary>
internal sealed class SimulatedListener(World world, SimClient client, Listener listener, SessionClock clock)
{
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(20);

    private PlannedPlay _play;
    private bool _isListening;
    private TimeSpan _burstEnds;
    private int _version;

    /// <summary>Who listens.</summary>
    public Listener Listener => listener;

    /// <summary>Has all the sessions happen in their time.</summary>
    public void Schedule(IReadOnlyList<OnlineSession> sessions)
    {
        foreach (var session in sessions)
        {
            world.At(clock.InstantOf(session.From), client.ComeOnline);
            foreach (var burst in session.Bursts)
            {
                world.At(clock.InstantOf(burst.From), () => BeginBurst(burst.To));
                world.At(clock.InstantOf(burst.To), () => EndBurst(burst.To));
            }

            world.At(clock.InstantOf(session.To), client.GoOffline);
        }
    }

    /// <summary>Turns to one track, whatever it was doing; to no more, unless it was listening anyway.</summary>
    public void TurnTo(int track)
    {
        if (!client.IsOnline)
            return;

        Play(listener.TurnTo(track), isPick: true);
    }

    /// <summary>A play of this client is over.</summary>
    public void Finished(in PlayRecord record)
    {
        if (!record.IsCurrent || record.Track != _play.Track)
            return;

        if (record.Failure != default)
            GoOn(isFailure: true);
        else if (record.IsComplete)
            GoOn(isFailure: false);
    }

    private void BeginBurst(TimeSpan until)
    {
        (_isListening, _burstEnds) = (true, until);
        Play(listener.Begin(), isPick: true);
    }

    private void EndBurst(TimeSpan burst)
    {
        if (_burstEnds != burst)
            return;

        (_isListening, _version) = (false, _version + 1);
        client.Stop();
    }

    private void GoOn(bool isFailure)
    {
        if (!_isListening)
            return;

        var next = listener.Advance();
        Play(next, isPick: next.IsPick || isFailure || client.PlayingTrack != next.Track);
    }

    // What follows by itself is current already when the end of the former is told.
    private void Play(in PlannedPlay play, bool isPick)
    {
        _play = play;
        _version++;
        if (!isPick)
            client.SetNext(play.Following);
        else if (play.Following is { } following)
            client.Play(play.Track, following);
        else
            client.Play(play.Track);

        if (play.Ending != PlayEnding.HeardOut)
            Watch(_version);
    }

    private void Watch(int version)
    {
        if (version != _version || !client.IsOnline)
            return;

        var left = TimeSpan.FromSeconds(_play.Heard) - client.Listened;
        if (left > TimeSpan.Zero)
        {
            world.After(left > LeastWait ? left : LeastWait, () => Watch(version));
            return;
        }

        BreakOff();
    }

    private void BreakOff()
    {
        if (!_isListening)
        {
            client.Stop();
            return;
        }

        var next = listener.Advance();
        if (!next.IsPick)
            client.Skip();

        Play(next, next.IsPick || client.PlayingTrack != next.Track);
    }
}
