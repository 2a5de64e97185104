using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// Which strangers' connections are served while nothing whole has come on them: few, since each may have unfinished
/// calls begun, and the others wait, holding next to nothing. The next is of the address with the fewest that wait or
/// are served so, and among equals the latest. While somebody waits, a connection may be silent for less long; those
/// that have been go one after another, evenly over that while, so that who comes later need not wait for all of it.
/// Not for several threads.
/// </summary>
internal sealed class StrangerTurns(GrpcServerOptions options)
{
    // What these connections have shown.
    private const int Waiting = 0;
    private const int Silent = 1;

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.CrowdedStrangerSeconds);
    private readonly PlaceTable<Subnet, CallerConnection> _unanswered = new();
    private readonly LinkedList<CallerConnection> _silent = new();
    private Instant _nextGoes;

    /// <summary>When a turn comes at the latest; never while nobody waits for one.</summary>
    public Instant NextAt => WaitingCount == 0 ? Instant.Never
        : _silent.Count < options.MaxSilentStrangers ? default
        : Instant.Max(_silent.First!.Value.SilentSince + _patience, _nextGoes);

    /// <summary>The connections that wait for their turn.</summary>
    public int WaitingCount => _unanswered.Count - _silent.Count;

    /// <summary>A new connection waits for its turn.</summary>
    public void Arrive(CallerConnection caller) => _unanswered.Add(caller.Network, caller, Waiting);

    /// <summary>A connection that has had its turn waits for nothing from the server from now on.</summary>
    public void FallSilent(CallerConnection caller, Instant now)
    {
        caller.SilentSince = now;
        _unanswered.Remove(caller);
        _unanswered.Add(caller.Network, caller, Silent);
        _silent.AddLast(caller.Node);
    }

    /// <summary>A connection is silent no more, or is over.</summary>
    public void Leave(CallerConnection caller)
    {
        _unanswered.Remove(caller);
        caller.Node.List?.Remove(caller.Node);
    }

    /// <summary>Whose turn has come, which then is silent; null when it is nobody's.</summary>
    /// <param name="now">The time.</param>
    /// <param name="goes">Whose silence has been too long for that; null where there is room.</param>
    public CallerConnection? Next(Instant now, out CallerConnection? goes)
    {
        goes = null;
        if (NextAt > now)
            return null;

        if (_silent.Count >= options.MaxSilentStrangers)
        {
            goes = _silent.First!.Value;
            Leave(goes);
            _nextGoes = now + (_patience / options.MaxSilentStrangers);
        }

        var next = _unanswered.LastToGo(Waiting)!;
        FallSilent(next, now);
        return next;
    }
}
