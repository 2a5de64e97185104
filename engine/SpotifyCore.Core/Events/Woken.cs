namespace SpotifyCore.Core.Events;

/// <summary>The time asked for has come. Harmless when it comes early or twice.</summary>
public readonly record struct Woken() : IClientEvent;
