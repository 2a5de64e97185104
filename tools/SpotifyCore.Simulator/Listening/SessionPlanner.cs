using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Listening;

/// <summary>
/// Plans when a client listens and is online: stretches of listening fall as the day pattern has it; around each one
/// the client is online, idle; what overlaps is one session.
/// </summary>
public sealed class SessionPlanner(ListeningOptions options, ulong seed)
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
            for (var left = dice.Poisson(options.BoutsPerDay); left > 0; left--)
                stretches.Add(Draw(dice, day * Day));
        }

        stretches.Sort(static (one, other) => one.Bout.From.CompareTo(other.Bout.From));
        return Merge(stretches, from, to);
    }

    private static List<OnlineSession> Merge(List<Stretch> stretches, TimeSpan from, TimeSpan to)
    {
        var sessions = new List<OnlineSession>();
        for (var i = 0; i < stretches.Count;)
        {
            var (online, offline) = (stretches[i].Online, stretches[i].Offline);
            var bouts = new List<Bout>();
            for (; i < stretches.Count && stretches[i].Online <= offline + Apart; i++)
            {
                Append(bouts, stretches[i].Bout);
                offline = Max(offline, stretches[i].Offline);
            }

            if (offline > from && online < to)
                sessions.Add(Cut(new OnlineSession(online, offline, bouts), from, to));
        }

        return sessions;
    }

    private static void Append(List<Bout> bouts, Bout bout)
    {
        if (bouts.Count > 0 && bout.From <= bouts[^1].To + Apart)
            bouts[^1] = bouts[^1] with { To = Max(bouts[^1].To, bout.To) };
        else
            bouts.Add(bout);
    }

    private static OnlineSession Cut(OnlineSession session, TimeSpan from, TimeSpan to)
    {
        Bout[] bouts =
        [
            .. session.Bouts
                .Where(bout => bout.To > from && bout.From < to)
                .Select(bout => new Bout(Max(bout.From, from), Min(bout.To, to))),
        ];
        return new OnlineSession(Max(session.From, from), Min(session.To, to), bouts);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private Stretch Draw(Dice dice, TimeSpan day)
    {
        // A stretch is centred on the hour drawn, so that it is the listening, not its begin, that follows the pattern.
        var middle = day + TimeSpan.FromHours(DayPattern.Draw(dice));
        var length = TimeSpan.FromSeconds(30) + (dice.Exponential(1) * options.MeanBout);
        var bout = new Bout(middle - (length / 2), middle + (length / 2));
        var online = bout.From - (dice.Exponential(1) * options.MeanLeadIn) - TimeSpan.FromSeconds(5);
        return new Stretch(online, bout.To + (dice.Exponential(1) * options.MeanAfterglow), bout);
    }

    private readonly record struct Stretch(TimeSpan Online, TimeSpan Offline, Bout Bout);
}
