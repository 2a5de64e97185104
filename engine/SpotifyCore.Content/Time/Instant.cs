namespace SpotifyCore.Content.Time;

/// <summary>
/// A point in monotonic time, in ticks of 100 ns since an epoch that only its source knows.
/// It comes into the core with each event; the core never reads a clock.
/// </summary>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>Later than every event.</summary>
    public static readonly Instant Never = new(long.MaxValue);

    /// <summary>The instant <paramref name="span"/> later; <see cref="Never"/> stays.</summary>
    public static Instant operator +(Instant at, TimeSpan span) => at == Never ? Never : new(at.Ticks + span.Ticks);

    /// <summary>The instant <paramref name="span"/> earlier.</summary>
    public static Instant operator -(Instant at, TimeSpan span) => new(at.Ticks - span.Ticks);

    /// <summary>How much later one instant is than another.</summary>
    public static TimeSpan operator -(Instant later, Instant earlier) => new(later.Ticks - earlier.Ticks);

    /// <summary>Earlier.</summary>
    public static bool operator <(Instant one, Instant other) => one.Ticks < other.Ticks;

    /// <summary>Later.</summary>
    public static bool operator >(Instant one, Instant other) => one.Ticks > other.Ticks;

    /// <summary>Not later.</summary>
    public static bool operator <=(Instant one, Instant other) => one.Ticks <= other.Ticks;

    /// <summary>Not earlier.</summary>
    public static bool operator >=(Instant one, Instant other) => one.Ticks >= other.Ticks;

    /// <summary>The earlier of two.</summary>
    public static Instant Min(Instant one, Instant other) => one < other ? one : other;

    /// <summary>The later of two.</summary>
    public static Instant Max(Instant one, Instant other) => one > other ? one : other;

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    /// <inheritdoc/>
    public override int GetHashCode() => Ticks.GetHashCode();
}
