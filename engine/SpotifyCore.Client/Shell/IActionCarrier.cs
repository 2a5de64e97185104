using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Shell;

/// <summary>Does what the core wants done.</summary>
internal interface IActionCarrier
{
    /// <summary>Carries an action out, or begins to; never raises an event before it returns.</summary>
    void Carry(in ClientAction action);
}
