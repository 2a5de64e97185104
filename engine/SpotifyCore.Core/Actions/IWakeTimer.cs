using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Actions;

/// <summary>The timer of a client's core. Called on the loop.</summary>
public interface IWakeTimer
{
    /// <summary>Has <see cref="Events.Woken"/> handed over at a time, which replaces the one set before.</summary>
    void WakeAt(Instant at);
}
