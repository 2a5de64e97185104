using SpotifyCore.Content.Time;

namespace SpotifyCore.Simulator.Running;

/// <summary>Turns the time of day into the harness's time and back.</summary>
/// <param name="begin">The time of day at which the run begins; midnight is 0.</param>
/// <param name="start">The harness's time then.</param>
internal sealed class SessionClock(TimeSpan begin, Instant start)
{
    /// <summary>The instant of a time of day.</summary>
    public Instant InstantOf(TimeSpan time) => start + (time - begin);

    /// <summary>The time of day of an instant.</summary>
    public TimeSpan TimeOf(Instant at) => (at - start) + begin;
}
