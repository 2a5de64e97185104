using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// Lets the pieces of chunks for peers leave at a pace, so that a chunk does not fill a slow line at once and nothing
/// urgent is stuck behind it. Chunk after chunk, the connections in turn: two at once would both come late. Owned by
/// the loop.
/// </summary>
internal sealed class UploadPacer : IDisposable
{
    /// <summary>
    /// What may leave at once after a pause: two pieces, or what a fast line takes between two timers.
    /// </summary>
    private const int LeastBurst = 8 * 1024;

    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly List<ChunkLane> _waiting = [];
    private readonly ShellGround _ground;
    private readonly Func<double> _bytesPerSecond;
    private readonly ITimer _timer;
    private double _tokens = LeastBurst;
    private Instant _filledAt;
    private bool _isArmed;

    /// <summary>A pacer.</summary>
    /// <param name="ground">Loop and clock.</param>
    /// <param name="bytesPerSecond">The pace as it stands; 0 for none.</param>
    public UploadPacer(ShellGround ground, Func<double> bytesPerSecond)
    {
        _ground = ground;
        _bytesPerSecond = bytesPerSecond;
        var goOn = new PostedAction(GoOn);
        _timer = ground.Time.CreateTimer(
            _ => ground.Loop.Post(goOn), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// True, and counted, when so many bytes may leave now; else the lane is pumped again once its turn has come.
    /// </summary>
    public bool TryTake(int bytes, ChunkLane lane)
    {
        var pace = _bytesPerSecond();
        if (pace <= 0)
            return true;

        Fill(pace);
        if (_tokens > 0 && (_waiting.Count == 0 || lane.HasTurn || lane.HasBegun))
        {
            lane.HasTurn = false;
            _tokens -= bytes;
            return true;
        }

        if (!lane.IsPaced)
        {
            lane.IsPaced = true;
            _waiting.Insert(lane.HasBegun ? 0 : _waiting.Count, lane);
        }

        Arm(pace);
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void GoOn()
    {
        _isArmed = false;
        var pace = _bytesPerSecond();
        Fill(pace);
        while ((_tokens > 0 || pace <= 0) && _waiting.Count > 0)
        {
            var lane = _waiting[0];
            _waiting.RemoveAt(0);
            (lane.IsPaced, lane.HasTurn) = (false, true);
            lane.Pump();
            lane.HasTurn = false;
        }

        if (_waiting.Count > 0)
            Arm(pace);
    }

    private void Fill(double pace)
    {
        var now = _ground.Time.GetInstant();
        var most = Math.Max(LeastBurst, pace * Burst.TotalSeconds);
        _tokens = Math.Min(most, _tokens + ((now - _filledAt).TotalSeconds * pace));
        _filledAt = now;
    }

    private void Arm(double pace)
    {
        if (_isArmed)
            return;

        _isArmed = true;
        var wait = TimeSpan.FromSeconds(Math.Max(0, -_tokens) / pace);
        _timer.Change(wait > ShortestWait ? wait : ShortestWait, Timeout.InfiniteTimeSpan);
    }
}
