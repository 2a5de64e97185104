using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Carries a seek out: the player goes to a sample, which empties its feed and makes it expect a chunk, where
/// decoding must begin so that the sample sounds right, pre-roll included. Every chunk from there on is delivered
/// again, one that the feed happened to keep too.
/// </summary>
/// <param name="Play">The play it is for.</param>
/// <param name="Chunk">The chunk it expects next.</param>
/// <param name="Sample">The sample to go on from, as a listener counts.</param>
public readonly record struct Reposition(PlayId Play, uint Chunk, long Sample) : IClientAction
{
    int IClientAction.Kind => 14;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Player.Reposition(this);
}
