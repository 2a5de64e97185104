using SpotifyCore.Client.Running;
using SpotifyCore.Core;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Measures, while something goes up, how long the line takes: pings a node that has nothing to send meanwhile, a few
/// times a second, and tells the core. Owned by the loop.
/// </summary>
internal sealed class LineProbe : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly PeerConnections _all;
    private readonly ITimer _timer;
    private bool _isRunning;

    /// <summary>A probe that rests.</summary>
    public LineProbe(PeerConnections all)
    {
        _all = all;
        var probe = new ActionWorkItem(Probe);
        _timer = all.Context.Time.CreateTimer(
            _ => all.Context.Loop.Post(probe), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something goes up: measures until nothing does any more.</summary>
    public void Start()
    {
        if (_isRunning)
            return;

        _isRunning = true;
        _timer.Change(Interval, Interval);
    }

    /// <summary>A ping came back.</summary>
    public void Measured(TimeSpan delay) => _all.Runtime.Raise(new LineDelayMeasured(delay));

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Probe()
    {
        if (_all.Runtime.Status.Uploads.Chunks == 0)
        {
            _isRunning = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        foreach (var connection in _all.Open)
        {
            if (connection.TryProbe())
                return;
        }
    }
}
