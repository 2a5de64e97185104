using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Puts a slot's chunk into a play's feed. It lies within the feed's window; chunks of a window come in any order,
/// each at most once between two repositions.
/// </summary>
/// <param name="Play">The play it is for.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Slot">Where it lies.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Tier">Where it came from.</param>
public readonly record struct DeliverChunk(PlayId Play, uint Chunk, int Slot, int Length, Tier Tier) : IClientAction
{
    int IClientAction.Kind => 15;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Player.Deliver(this);
}
