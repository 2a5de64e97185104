using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Events;

/// <summary>The client goes on where an earlier run was: before anything plays.</summary>
/// <param name="Snapshot">How it stood.</param>
public readonly record struct PlaybackRestored(PlaybackSnapshot Snapshot) : IClientEvent;
