using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A track that is to be kept could not be opened, or has no room.</summary>
/// <param name="Keeping">What it was to be opened for.</param>
/// <param name="Failure">Why; it is tried again where those are away that can open it, else when it is wanted anew.</param>
public readonly record struct KeptFailed(PlayId Keeping, DeliveryFailure Failure) : IClientEvent;
