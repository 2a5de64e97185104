using SpotifyCore.Client.Running;
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

    /// <summary>A line that takes a whole chunk in 4 ms: something urgent waits no longer for one.</summary>
    private const double FastBytesPerSecond = 4 << 20;

    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly List<UploadStream> _waiting = [];
    private readonly LoopContext _context;
    private readonly Func<double> _bytesPerSecond;
    private readonly ITimer _timer;
    private double _tokens = LeastBurst;
    private Instant _filledAt;
    private bool _isArmed;

    /// <summary>A pacer.</summary>
    /// <param name="context">Loop and clock.</param>
    /// <param name="bytesPerSecond">The pace as it stands; 0 for none.</param>
    public UploadPacer(LoopContext context, Func<double> bytesPerSecond)
    {
        _context = context;
        _bytesPerSecond = bytesPerSecond;
        var goOn = new ActionWorkItem(GoOn);
        _timer = context.Time.CreateTimer(
            _ => context.Loop.Post(goOn), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True while a whole chunk would hold up something urgent behind it for long.</summary>
    public bool IsSlow => _bytesPerSecond() is > 0 and < FastBytesPerSecond;

    /// <summary>
    /// True, and counted, when so many bytes may leave now; else the stream is pumped again once its turn has come.
    /// </summary>
    public bool TryTake(int bytes, UploadStream stream)
    {
        var pace = _bytesPerSecond();
        if (pace <= 0)
            return true;

        Fill(pace);
        if (_tokens > 0 && (_waiting.Count == 0 || stream.HasTurn || stream.HasBegun))
        {
            stream.HasTurn = false;
            _tokens -= bytes;
            return true;
        }

        if (!stream.IsPaced)
        {
            stream.IsPaced = true;
            _waiting.Insert(stream.HasBegun ? 0 : _waiting.Count, stream);
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
            var stream = _waiting[0];
            _waiting.RemoveAt(0);
            (stream.IsPaced, stream.HasTurn) = (false, true);
            stream.Pump();
            stream.HasTurn = false;
        }

        if (_waiting.Count > 0)
            Arm(pace);
    }

    private void Fill(double pace)
    {
        var now = _context.Time.GetInstant();
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
