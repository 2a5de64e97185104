namespace SpotifyCore.Playback.Output;

/// <summary>The one form in which PCM reaches an output: float, interleaved, full scale at 1.0.</summary>
public static class AudioFormat
{
    /// <summary>Samples per channel and second.</summary>
    public const int SampleRate = 48_000;

    /// <summary>Left and right.</summary>
    public const int Channels = 2;

    /// <summary>How long a number of samples per channel sounds.</summary>
    public static TimeSpan DurationOf(long samples) =>
        TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / SampleRate);

    /// <summary>How many samples per channel sound within <paramref name="duration"/>.</summary>
    public static int SamplesIn(TimeSpan duration) => (int)(duration.Ticks * SampleRate / TimeSpan.TicksPerSecond);
}
