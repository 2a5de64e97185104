using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Searching;

/// <summary>Changes what the catalogue shows so that searches follow. Safe for many threads.</summary>
internal sealed class CatalogueUpdates(CatalogueWriter writer, CatalogueIndex index)
{
    /// <summary>
    /// Makes the catalogue show a source as it is. When this returns it is durable, and the next search finds it.
    /// </summary>
    public AddedTrack Add(NewTrack track)
    {
        var added = writer.Add(track);
        index.Include(added.Track);
        return added;
    }

    /// <summary>
    /// Takes sources out, and what no other shows. When this returns it is durable, and no search finds it.
    /// </summary>
    /// <param name="locations">Where they were.</param>
    /// <returns>How many there were, and how many tracks left the catalogue.</returns>
    public (int Sources, int Tracks) Remove(IEnumerable<string> locations)
    {
        var removed = writer.Remove(locations);
        index.Follow();
        return removed;
    }
}
