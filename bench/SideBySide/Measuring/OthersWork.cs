using System.Globalization;

namespace SpotifyCore.SideBySide.Measuring;

/// <summary>
/// How much of the machine was taken by others than this process and the children that it has waited for. Where that is
/// much, one side of a comparison has to wait for others and the next has not, and a ratio says little.
/// </summary>
internal sealed class OthersWork
{
    // What the system counts by towards programs, whatever it counts by itself.
    private const double TicksPerSecond = 100;

    private readonly Func<string> _read;
    private readonly Func<double> _ownSeconds;
    private readonly (long Busy, long All) _before;
    private readonly double _ownBefore;

    /// <summary>Begins to watch.</summary>
    /// <param name="read">Reads the first line of <c>/proc/stat</c>.</param>
    /// <param name="ownSeconds">Processor time that is not others'.</param>
    public OthersWork(Func<string> read, Func<double> ownSeconds)
    {
        (_read, _ownSeconds) = (read, ownSeconds);
        (_before, _ownBefore) = (Parse(read()), ownSeconds());
    }

    /// <summary>The share of all processors that others took since then.</summary>
    public double Share
    {
        get
        {
            var (busy, all) = Parse(_read());
            var own = (_ownSeconds() - _ownBefore) * TicksPerSecond;
            return all > _before.All ? Math.Max(0, (busy - _before.Busy - own) / (all - _before.All)) : 0;
        }
    }

    // cpu user nice system idle iowait irq softirq steal; what follows is in user and nice already.
    private static (long Busy, long All) Parse(string line)
    {
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        var counts = Array.ConvertAll(ticks, static tick => long.Parse(tick, CultureInfo.InvariantCulture));
        var all = counts.Sum();
        return (all - counts[3] - counts[4], all);
    }
}
