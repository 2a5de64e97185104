namespace SpotifyCore.Core.Events;

/// <summary>The listener took out everything but what plays.</summary>
public readonly record struct QueueCleared() : IClientEvent;
