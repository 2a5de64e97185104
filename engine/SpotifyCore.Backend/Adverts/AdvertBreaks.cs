using System.Data.Common;
using System.Security.Cryptography;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Backend.Adverts;

/// <summary>
/// When an account hears an advert: before a key is given once it may have listened for a time since the last one. That is
/// reckoned of the lengths of the tracks whose keys it was given, and of the clock: no client's word shortens it. What is
/// opened again while it may still sound has been counted. It rests in the database, so that a restart, another access
/// point, device or session changes nothing. Safe for many threads.
/// </summary>
/// <param name="database">Where it rests.</param>
/// <param name="every">After how long of listening an advert is due; nothing for never.</param>
/// <param name="time">The clock.</param>
internal sealed class AdvertBreaks(ServiceDatabase database, TimeSpan every, TimeProvider time)
{
    /// <summary>By so much sooner than its length may it be said that an advert was heard: clocks and outputs differ.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>
    /// So many times as much as is heard until an advert may be opened: who skips has room, who gathers keys has not.
    /// </summary>
    public const int MostOpened = 3;

    // What plays, and what comes next and was opened ahead: of these one is opened once more where it was interrupted.
    private const string IsAgain =
        "(l.track = @track AND @now < l.ends - @tail) OR (l.former = @track AND @now < l.former_ends - @tail)";

    // What is opened is heard once that before it is over, which may itself have been opened ahead and begun by a skip.
    private const string BeginsAt =
        "CASE WHEN l.ends <= @now THEN @now WHEN l.begins > @now THEN @now + l.ends - l.begins ELSE l.ends END";

    // What can be heard by then is the less of the two; what was opened is no more than some times that.
    private const string IsDue =
        "(l.music >= @every AND @now - l.since >= @every) OR l.music >= @every * @times";

    private const string IsOffered =
        "a.begins <= @now AND a.ends > @now AND (a.countries = '' OR a.countries LIKE '%,' || c.country || ',%')";

    // Who repeats a track opens it ahead: by a crossfade, and what lies in an output's buffer.
    private static readonly TimeSpan LongestTail = TimeSpan.FromSeconds(20);

    // For so long one that was given plays on though its days are over, and no other is put in its place.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromHours(1);

    /// <summary>An account asks for the key of a track.</summary>
    /// <param name="account">The account.</param>
    /// <param name="track">The track.</param>
    /// <param name="length">How long it sounds.</param>
    /// <param name="end">What the client says of the advert that it had last; null where it had none.</param>
    public AdvertTurn Take(long account, string track, TimeSpan length, AdvertEnding? end)
    {
        if (every <= TimeSpan.Zero)
            return AdvertTurn.None;

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        (string, object?)[] asked =
        [
            ("@account", account), ("@track", track), ("@length", (long)length.TotalMilliseconds), ("@now", now),
            ("@tail", (long)Math.Min(length.TotalMilliseconds / 2, LongestTail.TotalMilliseconds)),
            ("@every", (long)every.TotalMilliseconds), ("@times", (long)MostOpened),

            // A track that is longer than the time between two adverts makes one due, and no more than that.
            ("@counted", (long)Math.Min(length.TotalMilliseconds, every.TotalMilliseconds)),
        ];
        using (var connection = database.Open())
        {
            if (Offered(connection, account, now).Count == 0)
                return AdvertTurn.None;
            if (TryCount(connection, asked))
                return new AdvertTurn(null, HasAdverts: true);
        }

        return database.Write(connection =>
        {
            var given = FindGiven(connection, account, now);
            if (given is not null && IsOver(given, end))
            {
                if (!end!.Value.IsFailed)
                    NoteHeard(connection, account, given);

                Begin(connection, asked);
                return new AdvertTurn(null, HasAdverts: true);
            }

            // Its key was given: what is being heard goes on, whatever is due before another.
            if (IsOneAgain(connection, asked))
                return new AdvertTurn(null, HasAdverts: true);

            var due = given ?? GiveIfDue(connection, account, now, asked);

            // Of those that say at once that an advert is over, the first one began.
            if (due is null && !TryCount(connection, asked))
                Begin(connection, asked);

            return new AdvertTurn(due, HasAdverts: true);
        });
    }

    private static bool IsOver(AdvertBreak given, AdvertEnding? end) =>
        given.Wait == TimeSpan.Zero && end?.Impression.AsSpan().SequenceEqual(given.Impression) == true;

    // Looked at and counted in one statement: of many calls at once none comes in between.
    private static bool TryCount(DbConnection connection, (string, object?)[] asked) => connection.Execute(
        $"""
        UPDATE listening AS l SET music = l.music + @counted, former = l.track, former_ends = l.ends,
          track = @track, begins = {BeginsAt}, ends = {BeginsAt} + @length
        WHERE l.account = @account AND l.impression IS NULL AND NOT ({IsAgain}) AND NOT ({IsDue})
        """,
        asked) > 0;

    private static bool IsOneAgain(DbConnection connection, (string, object?)[] asked) => connection.Query(
        $"SELECT 1 FROM listening l WHERE l.account = @account AND ({IsAgain})", asked).Single(static _ => true);

    private static AdvertBreak? GiveIfDue(
        DbConnection connection, long account, long now, (string, object?)[] asked)
    {
        var isDue = connection.Query($"SELECT 1 FROM listening l WHERE l.account = @account AND ({IsDue})", asked)
            .Single(static _ => true);
        if (!isDue || Choose(Offered(connection, account, now)) is not { } advert)
            return null;

        connection.Execute(
            """
            UPDATE listening SET advert = @advert, impression = @impression, given = @now WHERE account = @account
            """,
            ("@advert", advert), ("@impression", RandomNumberGenerator.GetBytes(ImpressionId.Size)), ("@now", now),
            ("@account", account));
        return FindGiven(connection, account, now);
    }

    private static AdvertBreak? FindGiven(DbConnection connection, long account, long now) => connection.Query(
        $"""
        SELECT l.impression, l.given, r.recording, a.title, a.campaign, r.duration_ms
        FROM listening l JOIN adverts a ON a.id = l.advert JOIN recordings r ON r.id = a.recording
          JOIN accounts c ON c.id = l.account
        WHERE l.account = @account AND l.impression IS NOT NULL AND (@now - l.given < @way OR ({IsOffered}))
        """,
        ("@account", account), ("@now", now), ("@way", (long)OnItsWay.TotalMilliseconds))
        .Single(row => new AdvertBreak
        {
            Impression = row.GetBlob(0),
            Recording = row.GetString(2),
            Title = PlainText.Of(row.GetString(3)),
            Campaign = PlainText.Of(row.GetString(4)),
            Length = TimeSpan.FromMilliseconds(row.GetInt32(5)),
            Wait = WaitOf(TimeSpan.FromMilliseconds(row.GetInt32(5)), TimeSpan.FromMilliseconds(now - row.GetInt64(1))),
        });

    private static TimeSpan WaitOf(TimeSpan length, TimeSpan since) =>
        length - Tolerance - since is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static void NoteHeard(DbConnection connection, long account, AdvertBreak heard) => connection.Execute(
        """
        INSERT INTO impressions (campaign, advert, country, heard)
        VALUES (@campaign, @advert, (SELECT a.country FROM accounts a WHERE a.id = @account), 1)
        ON CONFLICT (campaign, advert, country) DO UPDATE SET heard = impressions.heard + 1
        """,
        ("@campaign", heard.Campaign), ("@advert", heard.Recording), ("@account", account));

    // The listening until the next advert begins with this track; what was the last is remembered.
    private static void Begin(DbConnection connection, (string, object?)[] asked) => connection.Execute(
        """
        INSERT INTO listening AS l (account, since, music, track, begins, ends)
        VALUES (@account, @now, @counted, @track, @now, @now + @length)
        ON CONFLICT (account) DO UPDATE SET since = excluded.since, music = excluded.music, former = l.track,
          former_ends = l.ends, track = excluded.track, begins = excluded.begins, ends = excluded.ends,
          impression = NULL, given = 0
        """,
        asked);

    // The one of before comes last, where there are others.
    private static List<(long Id, int Weight, bool IsLast)> Offered(DbConnection connection, long account, long now) =>
        connection.Query(
            $"""
            SELECT a.id, a.weight, coalesce(l.advert = a.id, FALSE)
            FROM adverts a JOIN accounts c ON c.id = @account LEFT JOIN listening l ON l.account = c.id
            WHERE {IsOffered} AND EXISTS (SELECT 1 FROM files f WHERE f.recording = a.recording)
            ORDER BY a.id
            """,
            ("@account", account), ("@now", now))
            .All(static row => (row.GetInt64(0), row.GetInt32(1), row.GetBoolean(2)));

    private static long? Choose(List<(long Id, int Weight, bool IsLast)> offered)
    {
        var others = offered.Where(static one => !one.IsLast).ToList();
        var among = others.Count > 0 ? others : offered;
        if (among.Count == 0)
            return null;

        var drawn = RandomNumberGenerator.GetInt32(among.Sum(static one => one.Weight));
        foreach (var (id, weight, _) in among)
        {
            drawn -= weight;
            if (drawn < 0)
                return id;
        }

        return among[^1].Id;
    }
}
