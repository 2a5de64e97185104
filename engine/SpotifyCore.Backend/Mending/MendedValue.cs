using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Mending;

/// <summary>What a mend made of a field.</summary>
/// <param name="Id">The track or release.</param>
/// <param name="Field">The field.</param>
/// <param name="Before">What it was; null for what the tags say.</param>
/// <param name="After">What it became.</param>
internal sealed record MendedValue(string Id, MendedField Field, string? Before, string? After);
