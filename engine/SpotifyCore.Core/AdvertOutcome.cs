using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core;

/// <summary>What became of an advert.</summary>
/// <param name="Impression">Which time of which advert it was; none before the first.</param>
/// <param name="IsFailed">True when it could not be played to its end.</param>
public readonly record struct AdvertOutcome(ImpressionId Impression, bool IsFailed)
{
    /// <summary>There was none.</summary>
    public static readonly AdvertOutcome None;
}
