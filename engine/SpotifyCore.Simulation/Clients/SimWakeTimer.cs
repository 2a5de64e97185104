using SpotifyCore.Client.Running;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Clients;

/// <summary>Wakes the core of a client on virtual time; a new one for each start of its program.</summary>
internal sealed class SimWakeTimer(SimClient client, ClientRuntime runtime) : IWakeTimer, IDue
{
    private long _wakeAt = long.MaxValue;

    /// <inheritdoc/>
    public int TraceId => client.Number;

    /// <inheritdoc/>
    public void WakeAt(Instant at)
    {
        client.Note(ActionTrace.WakeAt);
        client.Population.Watch.WakesAt(client, at);
        _wakeAt = at.Ticks;
        var early = client.Network.Options.TimersEarlyBy;
        client.Time.Push((at - client.Time.Now > 2 * early ? at - early : at).Ticks, this, 0, _wakeAt);
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (value != _wakeAt || !runtime.IsRunning)
            return;

        if (client.AsleepUntil > client.Time.Now.Ticks)
        {
            client.Time.Push(client.AsleepUntil, this, what, value);
            return;
        }

        _wakeAt = long.MaxValue;
        client.Raise(new Woken());
    }
}
