using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Neighbours;

/// <summary>
/// How fast a source has sent while it was asked for something: an exponentially weighted mean over windows long
/// enough that chunks which arrive in one read of the socket do not pass for speed.
/// </summary>
/// <param name="assumed">Bytes a second before anything was measured.</param>
/// <param name="weight">Weight of the latest window, 0 to 1.</param>
internal struct PeerSpeed(double assumed, double weight)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LeastWindow = TimeSpan.FromMilliseconds(5);

    private readonly double _weight = weight;
    private Instant _windowStart;
    private long _windowBytes;

    /// <summary>Bytes a second.</summary>
    public double BytesPerSecond { get; private set; } = assumed;

    /// <summary>False while <see cref="BytesPerSecond"/> is an assumption.</summary>
    public bool IsMeasured { get; private set; }

    /// <summary>It was idle and has been asked for something.</summary>
    public void Begin(Instant now)
    {
        _windowStart = now;
        _windowBytes = 0;
    }

    /// <summary>It sent something.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="now">When.</param>
    /// <param name="idle">True when nothing more is asked of it: the window ends.</param>
    public void Add(int bytes, Instant now, bool idle)
    {
        _windowBytes += bytes;
        var elapsed = now - _windowStart;
        if (elapsed < Window && !(idle && elapsed >= LeastWindow))
            return;

        var rate = _windowBytes / elapsed.TotalSeconds;
        BytesPerSecond = IsMeasured ? BytesPerSecond + (_weight * (rate - BytesPerSecond)) : rate;
        IsMeasured = true;
        Begin(now);
    }

    /// <summary>It was asked and stayed silent: half as fast as was thought.</summary>
    public void Halve() => BytesPerSecond /= 2;

    /// <summary>The time in which it is expected to send so many bytes.</summary>
    public readonly TimeSpan TimeFor(long bytes) =>
        TimeSpan.FromSeconds(Math.Min(3600, bytes / Math.Max(1, BytesPerSecond)));
}
