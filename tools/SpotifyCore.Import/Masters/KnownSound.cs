using SpotifyCore.Content.Identity;
using SpotifyCore.Import.Measuring;

namespace SpotifyCore.Import.Masters;

/// <summary>A sound that was imported before.</summary>
/// <param name="Recording">Its id; empty where it was removed from the catalogue, and its files are deleted since.</param>
/// <param name="Track">A track that shows it, that of the source if it is not outdated; empty when none does any more.</param>
/// <param name="Files">Its files.</param>
internal sealed record KnownSound(string Recording, string Track, IReadOnlyList<FileId> Files)
{
    /// <summary>True when the catalogue does not have the source as it is: where, or with what hash.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>True when the track of the source was removed from the catalogue by hand.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>How loud it is, as its files say; null without files. One that is made again with it is the same file.</summary>
    public Loudness? Loudness { get; init; }

    /// <summary>Where other sources with the sound are or were.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];
}
