using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>What a source has become.</summary>
/// <param name="Track">The track that it shows.</param>
/// <param name="WasThere">Whether that was there before.</param>
internal readonly record struct AddedTrack(TrackId Track, bool WasThere)
{
    /// <summary>Whether that is not shown, as it was taken out by hand.</summary>
    public bool IsRemoved { get; init; }
}
