namespace SpotifyCore.Simulator.Statistics;

/// <summary>Bytes by tier over the run, in steps of equal length.</summary>
internal sealed class DaySeries
{
    private readonly TierBytes[] _steps;

    /// <summary>A series over a window.</summary>
    public DaySeries(TimeSpan from, TimeSpan to, TimeSpan step)
    {
        (From, Step) = (from, step);
        _steps = new TierBytes[Math.Max(1, (int)Math.Ceiling((to - from) / step))];
    }

    /// <summary>When it begins; midnight is 0.</summary>
    public TimeSpan From { get; }

    /// <summary>How long a step is.</summary>
    public TimeSpan Step { get; }

    /// <summary>The steps.</summary>
    public IReadOnlyList<TierBytes> Steps => _steps;

    /// <summary>Counts bytes at a time; what lies outside goes to the nearest step.</summary>
    public void Add(TimeSpan at, in TierBytes bytes)
    {
        var step = (int)Math.Floor((at - From) / Step);
        _steps[Math.Clamp(step, 0, _steps.Length - 1)].Add(bytes);
    }
}
