namespace SpotifyCore.Core.Events;

/// <summary>The listener lets the sound go on.</summary>
public readonly record struct ResumeRequested() : IClientEvent;
