using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Listening;

/// <summary>
/// Plans when a client listens and is online: stretches of listening fall as the day pattern has it; around each one
/// the client is online, idle; what overlaps is one session.
/// </summary>
internal sealed class SessionPlanner(ListeningOptions options, ulong seed)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <summary>The sessions of one client that touch a window, cut to it, in order.</summary>
    public List<OnlineSession> Plan(int client, TimeSpan from, TimeSpan to)
    {
        var dice = Dice.Of(seed, DicePurpose.Sessions, (ulong)client);
        var stretches = new List<Stretch>();

        // The day before is drawn too, for what reaches over midnight; a day's draws do not depend on the window.
        for (var day = -1; day <= to.Days; day++)
        {
            for (var left = dice.Poisson(options.BurstsPerDay); left > 0; left--)
                stretches.Add(Draw(dice, day * Day));
        }

        stretches.Sort(static (one, other) => one.Burst.From.CompareTo(other.Burst.From));
        return Merge(stretches, from, to);
    }

    private static List<OnlineSession> Merge(List<Stretch> stretches, TimeSpan from, TimeSpan to)
    {
        var sessions = new List<OnlineSession>();
        for (var i = 0; i < stretches.Count;)
        {
            var (online, offline) = (stretches[i].Online, stretches[i].Offline);
            var bursts = new List<ListeningBurst>();
            for (; i < stretches.Count && stretches[i].Online <= offline + Apart; i++)
            {
                Append(bursts, stretches[i].Burst);
                offline = Max(offline, stretches[i].Offline);
            }

            if (offline > from && online < to)
                sessions.Add(Cut(new OnlineSession(online, offline, bursts), from, to));
        }

        return sessions;
    }

    private static void Append(List<ListeningBurst> bursts, ListeningBurst burst)
    {
        if (bursts.Count > 0 && burst.From <= bursts[^1].To + Apart)
            bursts[^1] = bursts[^1] with { To = Max(bursts[^1].To, burst.To) };
        else
            bursts.Add(burst);
    }

    private static OnlineSession Cut(OnlineSession session, TimeSpan from, TimeSpan to)
    {
        ListeningBurst[] bursts =
        [
            .. session.Bursts
                .Where(burst => burst.To > from && burst.From < to)
                .Select(burst => new ListeningBurst(Max(burst.From, from), Min(burst.To, to))),
        ];
        return new OnlineSession(Max(session.From, from), Min(session.To, to), bursts);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private Stretch Draw(Dice dice, TimeSpan day)
    {
        // A stretch is centred on the hour drawn, so that it is the listening, not its begin, that follows the pattern.
        var middle = day + TimeSpan.FromHours(DayPattern.Draw(dice));
        var length = TimeSpan.FromSeconds(30) + (dice.Exponential(1) * options.MeanBurst);
        var burst = new ListeningBurst(middle - (length / 2), middle + (length / 2));
        var online = burst.From - (dice.Exponential(1) * options.MeanLeadIn) - TimeSpan.FromSeconds(5);
        return new Stretch(online, burst.To + (dice.Exponential(1) * options.MeanAfterglow), burst);
    }

    private readonly record struct Stretch(TimeSpan Online, TimeSpan Offline, ListeningBurst Burst);
}
