using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>A track that is to be added, checked by <see cref="NewTrackReader"/>.</summary>
internal sealed class NewTrack
{
    internal NewTrack()
    {
    }

    /// <summary>Its sound.</summary>
    public required TrackId Recording { get; init; }

    /// <summary>What it is called, with whom, on which album.</summary>
    public required TrackTags Tags { get; init; }

    /// <summary>Encodings of its sound, no two of the same bitrate; none where the catalogue has them.</summary>
    public required IReadOnlyList<NewFile> Files { get; init; }

    /// <summary>The file it was made of.</summary>
    public required NewSource Source { get; init; }

    /// <summary>Integrated loudness in LUFS; nothing without files.</summary>
    public required float Loudness { get; init; }

    /// <summary>True peak, 1.0 is full scale; nothing without files.</summary>
    public required float Peak { get; init; }

    /// <summary>The picture that came with it, or null.</summary>
    public required Cover? Cover { get; init; }
}
