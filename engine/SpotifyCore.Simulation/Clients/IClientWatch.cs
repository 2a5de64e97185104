using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Delivery;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// Sees what clients do, to find what must not be. It changes nothing, so that a trace does not depend on it.
/// </summary>
internal interface IClientWatch
{
    /// <summary>A client has come online, with a core of these options.</summary>
    void Started(SimClient client, ClientCoreOptions options);

    /// <summary>A client may have begun to wait for sound.</summary>
    void MayWait(SimClient client);

    /// <summary>A play has begun to sound.</summary>
    void Sounds(SimClient client, SimPlay play);

    /// <summary>The core is done with a play, and has said what it used and whether it failed.</summary>
    void Closed(SimClient client, SimPlay play);

    /// <summary>The chunk in the slot is to be stored.</summary>
    void Stores(SimClient client, in StoreChunk chunk);

    /// <summary>The chunk in the slot goes to the player, for a play if there is one, whose feed may take it.</summary>
    void Delivers(SimClient client, SimPlay? play, in DeliverChunk chunk, bool isTaken);

    /// <summary>The core wants to be woken.</summary>
    void WakesAt(SimClient client, Instant at);
}
