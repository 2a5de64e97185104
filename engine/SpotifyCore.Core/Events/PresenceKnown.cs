using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>Which chunks of the play's file the cache believes it holds.</summary>
/// <param name="Play">The play it is about.</param>
/// <param name="Present">A bit for each chunk. The runtime's memory, copied by the core.</param>
public readonly record struct PresenceKnown(PlayId Play, ReadOnlyMemory<ulong> Present) : IClientEvent;
