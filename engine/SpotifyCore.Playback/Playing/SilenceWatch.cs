using SpotifyCore.Content.Identity;

namespace SpotifyCore.Playback.Playing;

/// <summary>Tells the listener of silence where sound should be: when it begins and ends, and how long it was.</summary>
/// <param name="listener">Whom to tell.</param>
/// <param name="time">The clock.</param>
internal sealed class SilenceWatch(IPlayerListener listener, TimeProvider time)
{
    private readonly DryMeter _dry = new(time);
    private bool _silent;

    /// <summary>True while the output is dry that should sound.</summary>
    public bool IsDry => _dry.DryFor > TimeSpan.Zero;

    /// <summary>A real-time output holds so much now, and should sound on after it.</summary>
    public void Fed(int pending) => _dry.Fed(pending);

    /// <summary>Silence is right until the output is fed again.</summary>
    public void Disarm() => _dry.Disarm();

    /// <summary>What was silent is over.</summary>
    public void Forget() => _silent = false;

    /// <summary>
    /// Tells once that a play is silent, <paramref name="atOnce"/> where silence is no stutter; else says in how long
    /// it will be, infinite for never.
    /// </summary>
    public TimeSpan Watch(PlayId play, bool atOnce)
    {
        if (_silent)
            return Timeout.InfiniteTimeSpan;

        var after = _dry.StutterIn ?? (atOnce ? TimeSpan.Zero : Timeout.InfiniteTimeSpan);
        if (after == Timeout.InfiniteTimeSpan)
            return after;
        if (after > TimeSpan.Zero)
            return after + TimeSpan.FromMilliseconds(1);

        SetSilent(play, true);
        return Timeout.InfiniteTimeSpan;
    }

    /// <summary>Tells of a play's silence, when that is news.</summary>
    public void SetSilent(PlayId play, bool isSilent)
    {
        if (_silent == isSilent)
            return;

        _silent = isSilent;
        listener.SilenceChanged(play, isSilent);
    }

    /// <summary>Tells how long a play has stuttered, once: it counts anew with what is handed out next.</summary>
    public void Report(PlayId play)
    {
        var length = _dry.DryFor;
        if (length <= DryMeter.Tolerance)
            return;

        _dry.Disarm();
        listener.Stuttered(play, length);
    }
}
