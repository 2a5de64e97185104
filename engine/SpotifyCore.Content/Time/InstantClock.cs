namespace SpotifyCore.Content.Time;

/// <summary>How shells tell the time that they hand to the core and compare deadlines with.</summary>
public static class InstantClock
{
    /// <summary>Now, on the provider's monotonic clock: two callers with the same provider agree.</summary>
    public static Instant GetInstant(this TimeProvider time) =>
        new(time.GetElapsedTime(0, time.GetTimestamp()).Ticks);
}
