namespace SpotifyCore.Content.Time;

/// <summary>How a runtime reads the monotonic clock that the core's instants come from.</summary>
public static class TimeProviderInstants
{
    /// <summary>
    /// Now, on the provider's monotonic clock. Every instant of one provider counts from the same epoch.
    /// </summary>
    public static Instant GetInstant(this TimeProvider time) => new(time.GetElapsedTime(0).Ticks);

    /// <summary>The instant of one of the provider's timestamps.</summary>
    public static Instant GetInstant(this TimeProvider time, long timestamp) =>
        new(time.GetElapsedTime(0, timestamp).Ticks);
}
