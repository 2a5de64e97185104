namespace SpotifyCore.Core.Events;

/// <summary>The account plays on another device: here it is paused.</summary>
public readonly record struct StreamTaken() : IClientEvent;
