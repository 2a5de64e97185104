namespace SpotifyCore.Playback.Playing;

/// <summary>
/// How the player's thread waits: for its inbox, and no longer than what it is at allows. For that thread.
/// </summary>
internal sealed class PlayerSleep : IDisposable
{
    private readonly PlayerInbox _inbox;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _most = Timeout.InfiniteTimeSpan;

    /// <summary>Waits for <paramref name="inbox"/>, by a clock.</summary>
    public PlayerSleep(PlayerInbox inbox, TimeProvider time)
    {
        _inbox = inbox;
        _time = time;
        _timer = time.CreateTimer(
            static inbox => ((PlayerInbox)inbox!).Wake(), inbox, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// The next sleep ends after so long, if not before; whole milliseconds, so
    /// that it is not too short. Infinite changes nothing.
    /// </summary>
    public void AtMost(TimeSpan most)
    {
        if (most != Timeout.InfiniteTimeSpan && (_most == Timeout.InfiniteTimeSpan || most < _most))
            _most = TimeSpan.FromMilliseconds(Math.Ceiling(most.TotalMilliseconds));
    }

    /// <summary>Waits; the sleep after this one has no end of its own.</summary>
    public void Sleep()
    {
        // The thread wakes by itself in time: a timer would wake two more for it. A clock that is not the system's, as a
        // test moves it, has nothing but timers.
        var most = _most;
        _most = Timeout.InfiniteTimeSpan;
        if (most != Timeout.InfiniteTimeSpan && _time != TimeProvider.System)
        {
            _timer.Change(most, Timeout.InfiniteTimeSpan);
            most = Timeout.InfiniteTimeSpan;
        }

        _inbox.Wait(most);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
