using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>A track that is to be added, checked by <see cref="NewTrackReader"/>.</summary>
internal sealed class NewTrack
{
    internal NewTrack()
    {
    }

    /// <summary>The recording.</summary>
    public required TrackId Track { get; init; }

    /// <summary>What it is called, with whom, on which album.</summary>
    public required TrackTags Tags { get; init; }

    /// <summary>Its encodings, at least one, no two of the same bitrate.</summary>
    public required IReadOnlyList<NewFile> Files { get; init; }

    /// <summary>SHA-256 of the file it was made from.</summary>
    public required byte[] SourceHash { get; init; }

    /// <summary>Library version and parameters it was made with.</summary>
    public required string Encoder { get; init; }

    /// <summary>Name of the file it was made from, for people.</summary>
    public required string SourceName { get; init; }

    /// <summary>Integrated loudness in LUFS.</summary>
    public required float Loudness { get; init; }

    /// <summary>True peak; 1.0 is full scale.</summary>
    public required float Peak { get; init; }

    /// <summary>The picture that came with it, or null.</summary>
    public required Cover? Cover { get; init; }
}
