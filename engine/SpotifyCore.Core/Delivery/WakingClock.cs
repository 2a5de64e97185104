using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// The core's own time: the runtime's, less the spans through which nothing ran, because a laptop slept or the process
/// was stopped. What was in flight then is late through nobody's fault, and nothing is due sooner for it. Owned by the
/// core's loop.
/// </summary>
/// <remarks>
/// On Linux and macOS the runtime's monotonic clock stands still while the machine is suspended, so there a span shows
/// only where the process was stopped or its machine paused. After a real suspend the core goes on as if no time had
/// gone by, and connections that died meanwhile are found by their silence.
/// </remarks>
/// <param name="patience">How late an event may be before it shows that nothing ran.</param>
internal sealed class WakingClock(TimeSpan patience)
{
    private TimeSpan _slept;
    private Instant _latest = new(long.MinValue);

    /// <summary>When the core wants to be woken, on its own clock; <see cref="Instant.Never"/> for not at all.</summary>
    public Instant WakeAt { get; set; } = Instant.Never;

    /// <summary>Takes in the runtime's time of an event; true when nothing ran for long before it.</summary>
    /// <param name="runtime">The runtime's time.</param>
    /// <param name="now">The core's.</param>
    public bool TakeIn(Instant runtime, out Instant now)
    {
        now = runtime - _slept;
        var expected = WakeAt > _latest ? WakeAt : _latest;
        var hasSlept = WakeAt != Instant.Never && now - expected > patience;
        if (hasSlept)
        {
            // It may have run for a while yet: who had that time left keeps it.
            _slept += now - _latest;
            now = _latest;
        }

        _latest = now;
        return hasSlept;
    }

    /// <summary>What the runtime calls a time of the core.</summary>
    public Instant ToRuntime(Instant at) => at + _slept;
}
