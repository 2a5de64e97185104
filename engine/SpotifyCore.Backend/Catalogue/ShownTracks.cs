using System.Data.Common;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>
/// Which release each track is shown on, if it is shown: where it was put by hand, else that with which the release that
/// its sources tell of is one, else that. It is kept with the track, since what lists a release looks for it.
/// </summary>
internal static class ShownTracks
{
    private const string Show = """
        UPDATE tracks SET
          hidden = (SELECT count(*) FROM mended_tracks m
            WHERE m.track = tracks.track AND (m.removed IS NOT NULL OR m.merged IS NOT NULL)),
          shown = CASE
            WHEN EXISTS (SELECT 1 FROM mended_tracks m
              WHERE m.track = tracks.track AND (m.removed IS NOT NULL OR m.merged IS NOT NULL)) THEN NULL
            ELSE coalesce(
              (SELECT a.id FROM mended_tracks m JOIN albums a ON a.album = m.release WHERE m.track = tracks.track),
              (SELECT b.id FROM albums a JOIN mended_releases n ON n.release = a.album JOIN albums b ON b.album = n.merged
                WHERE a.id = tracks.album),
              album)
          END
        """;

    /// <summary>Shows a track where it belongs.</summary>
    public static void Refresh(DbConnection connection, long track) =>
        connection.Execute($"{Show} WHERE id = @track", ("@track", track));

    /// <summary>Shows the tracks where they belong that a release has, or had.</summary>
    public static void RefreshRelease(DbConnection connection, long album) =>
        connection.Execute($"{Show} WHERE album = @album OR shown = @album", ("@album", album));
}
