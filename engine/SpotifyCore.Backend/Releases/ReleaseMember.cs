namespace SpotifyCore.Backend.Releases;

/// <summary>A source among those that may be of one release.</summary>
/// <param name="Source">Its row; 0 of one that is being added.</param>
/// <param name="Track">Row of the track that it shows; 0 of one that is being added.</param>
/// <param name="Recording">Row of its sound.</param>
/// <param name="Album">Row of the release that it is of so far; null where there is none.</param>
internal sealed record ReleaseMember(long Source, long Track, long Recording, long? Album)
{
    /// <summary>Where it lies (<see cref="ReleaseFolder"/>).</summary>
    public required string Folder { get; init; }

    /// <summary>Name of its file, by which those without a number are ordered.</summary>
    public required string Name { get; init; }

    /// <summary>Disc, 0 where there is none.</summary>
    public required int Disc { get; init; }

    /// <summary>Number on the disc, 0 where there is none.</summary>
    public required int Number { get; init; }

    /// <summary>Year, 0 where there is none.</summary>
    public required int Year { get; init; }

    /// <summary>Who is heard first; empty where nobody is named.</summary>
    public required string Artist { get; init; }

    /// <summary>What it calls the release.</summary>
    public required string Title { get; init; }

    /// <summary>Whose release it says it is; empty where it does not.</summary>
    public required IReadOnlyList<string> AlbumArtists { get; init; }

    /// <summary>Its place, the same for all that would stand at one; null without a number.</summary>
    public (int Disc, int Number)? Slot => Number > 0 ? (Math.Max(Disc, 1), Number) : null;
}
