using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Searching;

/// <summary>Adds tracks so that they are found. Safe for many threads.</summary>
internal sealed class CatalogueAdditions(CatalogueWriter writer, CatalogueIndex index)
{
    /// <summary>
    /// Adds a track, or replaces the metadata of one that is known. When this returns it is durable, and the next
    /// search finds it.
    /// </summary>
    /// <returns>Whether the track was known.</returns>
    public bool Add(NewTrack track)
    {
        var wasKnown = writer.Add(track);
        index.Include(track.Track);
        return wasKnown;
    }
}
