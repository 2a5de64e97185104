namespace SpotifyCore.Backend.Catalogue;

/// <summary>What makes a track the one that it is: a sound at a place.</summary>
/// <param name="Recording">Row of the sound.</param>
/// <param name="Album">Row of the release; null where it is of none.</param>
/// <param name="Disc">Disc, 0 where there is none.</param>
/// <param name="Number">Number on the disc, 0 where there is none.</param>
internal sealed record TrackPlace(long Recording, long? Album, int Disc, int Number)
{
    /// <summary>Its title, which tells those without a number apart.</summary>
    public required string Title { get; init; }

    /// <summary>Its artists, joined, which tell those without a release apart.</summary>
    public required string Artists { get; init; }
}
