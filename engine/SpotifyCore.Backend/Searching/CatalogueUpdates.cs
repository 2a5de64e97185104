using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Mending;

namespace SpotifyCore.Backend.Searching;

/// <summary>Changes what the catalogue shows so that searches follow. Safe for many threads.</summary>
internal sealed class CatalogueUpdates(CatalogueWriter writer, CatalogueMender mender, CatalogueIndex index)
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
    /// Makes the catalogue show a source as it is, also where its track was taken out by hand. When this returns it is
    /// durable, and the next search finds it.
    /// </summary>
    public AddedTrack Restore(NewTrack track, string account)
    {
        var added = mender.Restore(track, account);
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
