using SpotifyCore.Client.Shell;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// When a play whose sources are away is tried again: after pauses that double, up to half a minute. Everything on the
/// loop.
/// </summary>
internal sealed class PlayRetry : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ITimer _timer;
    private TimeSpan _pause = FirstPause;

    /// <summary>A retry that is not due.</summary>
    public PlayRetry(ShellGround ground)
    {
        var again = new PostedAction(() => Again());
        _timer = ground.Time.CreateTimer(
            _ => ground.Loop.Post(again), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Tries again; set once.</summary>
    public Action Again { private get; set; } = static () => { };

    /// <summary>Tries again after a pause, each time a longer one.</summary>
    public void Later()
    {
        _timer.Change(_pause, Timeout.InfiniteTimeSpan);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    /// <summary>Something plays, or nothing is to: the next pause is the first again.</summary>
    public void Reset()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pause = FirstPause;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
