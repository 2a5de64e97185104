using SpotifyCore.Content.Identity;

namespace SpotifyCore.Content.Manifests;

/// <summary>How a file sounds, as its manifest records it; units as on <see cref="Manifest"/>.</summary>
public readonly record struct AudioProperties(
    TrackId Track, int BitsPerSecond, long Samples, ushort PreSkip, float TrackGain, float TrackPeak);
