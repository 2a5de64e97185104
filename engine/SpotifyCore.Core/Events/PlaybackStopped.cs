namespace SpotifyCore.Core.Events;

/// <summary>
/// The listener wants no sound: the current play and the announced one end, and the queue is empty.
/// </summary>
public readonly record struct PlaybackStopped() : IClientEvent;
