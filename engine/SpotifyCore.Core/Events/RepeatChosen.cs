using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Events;

/// <summary>What is to happen at the end of a track and of the queue.</summary>
/// <param name="Repeat">What.</param>
public readonly record struct RepeatChosen(RepeatMode Repeat) : IClientEvent;
