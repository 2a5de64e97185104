namespace SpotifyCore.Node.Tiers;

/// <summary>Spans that the framework's timers take.</summary>
internal static class Timers
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The span itself, none below zero, a day for what is longer: a deadline that never comes.</summary>
    public static TimeSpan Clamp(TimeSpan span) =>
        span < TimeSpan.Zero ? TimeSpan.Zero : span > Longest ? Longest : span;
}
