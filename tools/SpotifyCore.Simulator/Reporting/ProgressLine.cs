using SpotifyCore.Simulator.Running;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Reporting;

/// <summary>One line that tells how far a run is; nothing where standard error is no terminal.</summary>
internal sealed class ProgressLine(RunOptions options)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private long _shownAt;

    /// <summary>Shows where the run is.</summary>
    public void Show(TimeSpan time, ScenarioRun run)
    {
        if (!_isShown || Environment.TickCount64 - _shownAt < Often.TotalMilliseconds)
            return;

        _shownAt = Environment.TickCount64;
        var done = (time - options.Begin) / (options.To - options.Begin);
        var left = TimeSpan.FromSeconds(run.WallSeconds * (1 - done) / Math.Max(done, 1e-6));
        var clock = time < TimeSpan.Zero ? time + TimeSpan.FromDays(1) : time;
        var speed = run.Events / Math.Max(0.1, run.WallSeconds) / 1e6;
        Console.Error.Write(
            $"\r\u001b[K{options.Scenario.Name} seed {options.Seed}: {clock:hh\\:mm}, {100 * done:0} %, "
            + $"{run.Online:n0} online, {run.Meter.Plays:n0} plays, {speed:0.00} M events/s, {left:h\\:mm\\:ss} left");
    }

    /// <summary>Clears the line.</summary>
    public void Clear()
    {
        if (_isShown)
            Console.Error.Write("\r\u001b[K");
    }
}
