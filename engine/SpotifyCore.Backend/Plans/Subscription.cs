using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Plans;

/// <summary>Time of a plan that was paid for, or given.</summary>
/// <param name="Plan">Which.</param>
/// <param name="Ends">When what was paid for is over; <see cref="NoEnd"/> for never.</param>
/// <param name="Renews">Whether it is to be paid for again then: it holds for some time of grace meanwhile.</param>
internal readonly record struct Subscription(Plan Plan, DateTimeOffset Ends, bool Renews)
{
    /// <summary>The end of what has none: the last millisecond that there is.</summary>
    public static readonly DateTimeOffset NoEnd = DateTimeOffset.FromUnixTimeMilliseconds(253_402_300_799_999);

    /// <summary>Nothing that was paid for.</summary>
    public static readonly Subscription None = new(Plan.Free, DateTimeOffset.UnixEpoch, Renews: false);

    /// <summary>When it lapses unless it is renewed.</summary>
    public DateTimeOffset LapseAfter(TimeSpan grace) =>
        !Renews ? Ends : Ends > NoEnd - grace ? NoEnd : Ends + grace;
}
