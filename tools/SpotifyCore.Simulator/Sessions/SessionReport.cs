using SpotifyCore.Simulator.Reporting;

namespace SpotifyCore.Simulator.Sessions;

/// <summary>What a session gave, as tests/RealLines reports it of real desktops.</summary>
internal sealed record SessionReport(
    ulong Seed,
    int Plays,
    BytesShare BytesShare,
    StartTimes StartMs,
    StartTimes StartClickMs,
    double StutterShare,
    IReadOnlyList<SessionPlay> Each)
{
    /// <summary>Adds plays up.</summary>
    public static SessionReport Of(ulong seed, IReadOnlyList<SessionPlay> plays)
    {
        var heard = plays.Where(play => play.StartMs is not null).ToList();
        var all = Math.Max(1.0, plays.Sum(play => play.Bytes.Total));
        double Share(Func<SessionBytes, long> part) => Math.Round(plays.Sum(play => part(play.Bytes)) / all, 4);
        return new SessionReport(
            seed,
            plays.Count,
            new BytesShare(
                Share(bytes => bytes.Cache),
                Share(bytes => bytes.Peers),
                Share(bytes => bytes.Production),
                Share(bytes => bytes.Master)),
            Quantiles(heard),
            Quantiles(heard.Where(play => play.Clicked)),
            Math.Round(plays.Count(play => play.Stutters > 0) / (double)Math.Max(1, plays.Count), 4),
            plays);
    }

    // Few plays: exact quantiles, by the rule of the script that reports of real desktops.
    private static StartTimes Quantiles(IEnumerable<SessionPlay> plays)
    {
        var sorted = plays.Select(play => play.StartMs!.Value).Order().ToArray();
        double At(double share) => sorted.Length == 0
            ? 0
            : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))], 2);
        return new StartTimes(At(0.5), At(0.75), At(0.9), At(0.99));
    }
}
