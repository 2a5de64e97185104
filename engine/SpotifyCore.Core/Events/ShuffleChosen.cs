namespace SpotifyCore.Core.Events;

/// <summary>What has not played is to be in an order drawn from a seed, or all in its own again.</summary>
/// <param name="IsShuffled">Which of the two.</param>
/// <param name="Seed">The order follows from it.</param>
public readonly record struct ShuffleChosen(bool IsShuffled, ulong Seed) : IClientEvent;
