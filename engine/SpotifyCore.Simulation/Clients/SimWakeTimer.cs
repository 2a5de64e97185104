using SpotifyCore.Client.Running;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Chance;
using SpotifyCore.Core.Events;
using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Clients;

/// <summary>Wakes the core of a client on virtual time; a new one for each start of its program.</summary>
internal sealed class SimWakeTimer(SimClient client, ClientRuntime runtime) : IWakeTimer, IDue
{
    private const ulong ErrorSeed = 0x71E3E2202571E3E2;

    private SeededRandom _errors = new(
        client.Network.Options.Seed ^ ErrorSeed ^ ((ulong)client.Number << 32) ^ (ulong)client.Access.Session);

    private long _wakeAt = long.MaxValue;

    /// <inheritdoc/>
    public int TraceId => client.Number;

    /// <inheritdoc/>
    public void WakeAt(Instant at)
    {
        client.Note(ActionTrace.WakeAt);
        client.Population.Watch.WakesAt(client, at);
        _wakeAt = at.Ticks;
        var most = client.Network.Options.TimersOffBy;
        var due = at + _errors.Between(-most, most);
        client.Time.Push(Math.Max(due.Ticks, client.Time.Now.Ticks + 1), this, 0, _wakeAt);
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
