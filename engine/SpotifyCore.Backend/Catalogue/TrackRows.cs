using System.Data.Common;
using System.Globalization;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Rows of the view <c>track_rows</c> as messages, their texts plain.</summary>
internal static class TrackRows
{
    /// <summary>The columns that <see cref="Read"/> expects first, of the view under the name v.</summary>
    public const string Columns =
        "v.id, v.track, v.title, v.artists, v.album_id, v.album_title, v.disc, v.number, v.duration_ms, v.year, "
        + "v.genre, v.cover, v.bits, (SELECT CAST(count(*) AS INTEGER) FROM tracks s WHERE s.shown = v.album_row)";

    /// <summary>How many those are: further columns begin here.</summary>
    public const int Count = 14;

    /// <summary>The id of the track that @track means: of one that was made one with another it is that.</summary>
    public const string Meant =
        "coalesce((SELECT w.merged FROM mended_tracks w WHERE w.track = @track), @track)";

    private const char Separator = '\u001f';

    public static Track Read(DbDataReader row)
    {
        var track = new Track
        {
            Track_ = row.GetString(1),
            Title = PlainText.Of(row.GetString(2)),
            Album = Text(row, 4),
            AlbumTitle = PlainText.Of(Text(row, 5)),
            Disc = row.GetInt32(6),
            Number = row.GetInt32(7),
            DurationMs = row.GetInt32(8),
            Year = row.GetInt32(9),
            Genre = PlainText.Of(row.GetString(10)),
            Cover = Text(row, 11),
            AlbumTracks = row.GetInt32(13),
        };
        track.Artists.AddRange(Split(row.GetString(3)));
        foreach (var bits in Text(row, 12).Split(',', StringSplitOptions.RemoveEmptyEntries))
            track.BitsPerSecond.Add(int.Parse(bits, CultureInfo.InvariantCulture));

        return track;
    }

    public static string Join(IEnumerable<string> names) => string.Join(
        Separator,
        names.Select(static name => name.Replace(Separator, ' ').Trim()).Where(static name => name.Length > 0));

    public static IEnumerable<string> Split(string names) =>
        names.Split(Separator, StringSplitOptions.RemoveEmptyEntries).Select(PlainText.Of);

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);
}
