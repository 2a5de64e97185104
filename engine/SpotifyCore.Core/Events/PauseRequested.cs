namespace SpotifyCore.Core.Events;

/// <summary>The listener stops the sound where it is; a click that is being opened does not sound either.</summary>
public readonly record struct PauseRequested() : IClientEvent;
