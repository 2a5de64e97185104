using SpotifyCore.Content.Time;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// The one timer of a link, armed for the earliest of what is asked. Everything happens under the link's lock.
/// </summary>
internal sealed class LinkTimer(TimeProvider time, Action wake)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly ITimer _timer = time.CreateTimer(
        static state => ((Action)state!)(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private Instant _armedFor = Instant.Never;
    private bool _stopped;

    /// <summary>Asks to be woken at an instant, or an hour from now, whichever comes first.</summary>
    public void WakeBy(Instant at)
    {
        if (at >= _armedFor || _stopped)
            return;

        _armedFor = at;
        var due = at - time.GetInstant();
        due = due < TimeSpan.Zero ? TimeSpan.Zero : due < LongestWait ? due : LongestWait;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes in that it woke.</summary>
    public void Fired() => _armedFor = Instant.Never;

    /// <summary>Wakes nobody any more.</summary>
    public void Stop()
    {
        _stopped = true;
        _timer.Dispose();
    }
}
