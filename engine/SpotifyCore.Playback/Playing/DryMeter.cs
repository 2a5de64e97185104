using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// Knows from what an output was last given when it ran dry, without asking it again. Owned by one thread.
/// </summary>
internal sealed class DryMeter(TimeProvider time)
{
    /// <summary>Silence longer than this is a stutter.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);

    private long? _dryAt;

    /// <summary>How long the output has been dry; zero while it sounds and while that is as it should be.</summary>
    public TimeSpan DryFor =>
        _dryAt is { } at && time.GetElapsedTime(at) is { Ticks: > 0 } dry ? dry : TimeSpan.Zero;

    /// <summary>When silence becomes a stutter, from now on; null while silence is as it should be.</summary>
    public TimeSpan? StutterIn => _dryAt is { } at ? Tolerance - time.GetElapsedTime(at) : null;

    /// <summary>
    /// The output holds <paramref name="pending"/> samples per channel now, and should sound on after them.
    /// </summary>
    public void Fed(int pending) =>
        _dryAt = time.GetTimestamp() + (pending * time.TimestampFrequency / AudioFormat.SampleRate);

    /// <summary>Silence is right until the output is fed again.</summary>
    public void Disarm() => _dryAt = null;
}
