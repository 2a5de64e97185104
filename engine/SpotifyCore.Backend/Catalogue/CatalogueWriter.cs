using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>
/// Changes what the catalogue shows and counts plays. What changes gets the next number of the catalogue's changes
/// within its transaction, so that the numbers come in the order in which they are seen. Safe for many threads, which
/// take turns.
/// </summary>
internal sealed class CatalogueWriter(ServiceDatabase database, TimeProvider time)
{
    /// <summary>
    /// Makes the catalogue show a source as it is: its track is added, or follows what the source has become. All of it
    /// or nothing; durable when this returns.
    /// </summary>
    /// <exception cref="NewTrackException">It has no files, and none are known of its recording.</exception>
    public AddedTrack Add(NewTrack track) =>
        database.WriteCatalogue(connection => new CatalogueEdit(connection, time.GetUtcNow()).Put(track));

    /// <summary>
    /// Takes sources out, and the tracks and releases that no other shows. All of it or nothing; durable when this
    /// returns.
    /// </summary>
    /// <param name="locations">Where they were; what is not known is passed over.</param>
    /// <returns>How many there were, and how many tracks left the catalogue.</returns>
    public (int Sources, int Tracks) Remove(IEnumerable<string> locations) => database.WriteCatalogue(connection =>
    {
        var removed = (Sources: 0, Tracks: 0);
        foreach (var location in locations)
        {
            var (wasThere, trackGone) = new CatalogueEdit(connection, time.GetUtcNow()).Remove(location);
            removed = (removed.Sources + (wasThere ? 1 : 0), removed.Tracks + (trackGone ? 1 : 0));
        }

        return removed;
    });

    /// <summary>
    /// Adds to the numbers of plays; tracks that are not known are passed over. A track counts as changed when it gets
    /// another place in order of popularity.
    /// </summary>
    public void AddPlays(IReadOnlyDictionary<TrackId, int> plays) => database.WriteCatalogue(connection =>
    {
        foreach (var (track, count) in plays)
        {
            var (id, after) = connection.Query(
                $"UPDATE tracks SET plays = plays + @count WHERE track = {TrackRows.Meant} RETURNING id, plays",
                ("@count", count), ("@track", track.ToString()))
                .Single(static row => (row.GetInt64(0), row.GetInt64(1)));
            if (id != 0 && !Popularity.IsSame(after - count, after))
                ChangeNumbers.Renumber(connection, id);
        }

        return true;
    });
}
