using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A track that is to be kept is open, and so is its file.</summary>
/// <param name="Keeping">What it was opened for.</param>
/// <param name="Track">The track as opened.</param>
/// <param name="Present">A bit for each chunk that is there already. The runtime's memory, copied by the core.</param>
public readonly record struct KeptOpened(PlayId Keeping, OpenedTrack Track, ReadOnlyMemory<ulong> Present) : IClientEvent;
