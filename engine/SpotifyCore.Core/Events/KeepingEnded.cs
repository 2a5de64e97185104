using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A file that came whole is durable, or could not be made so.</summary>
/// <param name="Keeping">What it is about.</param>
/// <param name="IsKept">False when the disk refused it.</param>
public readonly record struct KeepingEnded(PlayId Keeping, bool IsKept) : IClientEvent;
