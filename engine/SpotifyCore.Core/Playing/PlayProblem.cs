using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Playing;

/// <summary>Why a play did not go on.</summary>
/// <param name="Play">The play.</param>
/// <param name="Failure">Why.</param>
public readonly record struct PlayProblem(PlayId Play, DeliveryFailure Failure);
