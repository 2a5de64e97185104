using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Backend.Adverts;

/// <summary>
/// The adverts there are. Their sounds lie where those of tracks lie, with files and keys of the same kind, but no track
/// shows them: no search and no list finds one. Safe for many threads.
/// </summary>
/// <param name="database">Where they rest.</param>
/// <param name="time">The clock.</param>
public sealed class AdvertStore(ServiceDatabase database, TimeProvider time)
{
    private const char Comma = ',';

    /// <summary>Takes adverts out; what was heard of them stays counted.</summary>
    /// <param name="name">An advert's id, or a campaign's name for all of its adverts.</param>
    /// <returns>How many there were.</returns>
    public int Remove(string name) => database.WriteCatalogue(connection => connection.Execute(
        """
        DELETE FROM adverts WHERE campaign = @name
          OR recording = (SELECT r.id FROM recordings r WHERE r.recording = @name)
        """,
        ("@name", name)));

    /// <summary>
    /// Every advert with how often it was heard, those too that are not there any more, by campaign and title.
    /// </summary>
    public IReadOnlyList<ListedAdvert> List()
    {
        using var connection = database.Open();
        var heard = connection.Query(
            "SELECT campaign, advert, CAST(sum(heard) AS BIGINT) FROM impressions GROUP BY campaign, advert")
            .All(static row => (Key: (Campaign: row.GetString(0), Id: row.GetString(1)), Count: row.GetInt64(2)))
            .ToDictionary(static one => one.Key, static one => one.Count);
        var listed = connection.Query(
            """
            SELECT r.recording, a.campaign, a.title, r.duration_ms, a.countries, a.begins, a.ends, a.weight
            FROM adverts a JOIN recordings r ON r.id = a.recording
            """)
            .All(row => new ListedAdvert(
                Id(row.GetString(0)), row.GetString(1), heard.GetValueOrDefault((row.GetString(1), row.GetString(0))))
            {
                Title = PlainText.Of(row.GetString(2)),
                Length = TimeSpan.FromMilliseconds(row.GetInt32(3)),
                Countries = row.GetString(4).Split(Comma, StringSplitOptions.RemoveEmptyEntries),
                Begins = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                Ends = EndOf(row.GetInt64(6)),
                Weight = row.GetInt32(7),
            });
        var there = listed.Select(static one => (one.Campaign, one.Id.ToString())).ToHashSet();
        var gone = heard.Where(one => !there.Contains(one.Key))
            .Select(static one => new ListedAdvert(Id(one.Key.Id), one.Key.Campaign, one.Value));
        return
        [
            .. listed.Concat(gone).OrderBy(static one => one.Campaign, StringComparer.Ordinal)
                .ThenBy(static one => one.Title, StringComparer.Ordinal)
                .ThenBy(static one => one.Id.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Makes a sound an advert, or another one than it was. All of it or nothing; durable when this returns.
    /// </summary>
    /// <param name="sound">The sound, with its files where they are not known.</param>
    /// <param name="advert">When and where it is heard.</param>
    /// <returns>Whether it was one before.</returns>
    /// <exception cref="NewTrackException">It has no files, and none are known of its recording.</exception>
    internal bool Put(NewTrack sound, Advert advert) => database.WriteCatalogue(connection =>
    {
        var recording = new RecordingTable(connection, time.GetUtcNow()).Put(sound);
        connection.Execute(
            "UPDATE recordings SET idle = NULL WHERE id = @recording AND idle IS NOT NULL", ("@recording", recording));
        var wasThere = connection.Query(
            "SELECT 1 FROM adverts WHERE recording = @recording", ("@recording", recording)).Single(static _ => true);
        connection.Execute(
            """
            INSERT INTO adverts (recording, title, campaign, countries, begins, ends, weight)
            VALUES (@recording, @title, @campaign, @countries, @begins, @ends, @weight)
            ON CONFLICT (recording) DO UPDATE SET title = excluded.title, campaign = excluded.campaign,
              countries = excluded.countries, begins = excluded.begins, ends = excluded.ends, weight = excluded.weight
            """,
            ("@recording", recording), ("@title", advert.Title), ("@campaign", advert.Campaign),
            ("@countries", Join(advert.Countries)), ("@begins", advert.Begins.ToUnixTimeMilliseconds()),
            ("@ends", advert.Ends.ToUnixTimeMilliseconds()), ("@weight", advert.Weight));
        return wasThere;
    });

    private static string Join(IReadOnlyList<string> countries) =>
        countries.Count == 0 ? "" : $"{Comma}{string.Join(Comma, countries)}{Comma}";

    private static DateTimeOffset? EndOf(long ends) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ends) is var end && end.Year < 9999 ? end : null;

    private static TrackId Id(string recording) => TrackId.TryParse(recording, out var id) ? id : default;
}
