using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A play that should sound has fallen silent for want of data, or sounds again.</summary>
/// <param name="Play">The play.</param>
/// <param name="IsSilent">Which of the two.</param>
public readonly record struct SilenceChanged(PlayId Play, bool IsSilent) : IClientEvent;
