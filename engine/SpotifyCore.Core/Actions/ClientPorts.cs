namespace SpotifyCore.Core.Actions;

/// <summary>The five sides on which a client's core meets the world: production's, or a simulation's.</summary>
/// <param name="Chunks">The cache.</param>
/// <param name="AccessPoint">The access point.</param>
/// <param name="Network">Connections to peers and nodes.</param>
/// <param name="Player">The player.</param>
/// <param name="Timer">The timer.</param>
public sealed record ClientPorts(
    IChunkStore Chunks, IAccessPoint AccessPoint, IPeerNetwork Network, IPlayer Player, IWakeTimer Timer);
