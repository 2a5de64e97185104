using System.Data.Common;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>
/// Numbers of the catalogue's changes, each taken within the transaction that makes the change, so that they come in the
/// order in which they are seen.
/// </summary>
internal static class ChangeNumbers
{
    /// <summary>The next number.</summary>
    public static long Next(DbConnection connection) => connection.Query(
        "UPDATE catalogue SET change = change + 1 RETURNING change").Single(static row => row.GetInt64(0));

    /// <summary>A track has changed.</summary>
    public static void Renumber(DbConnection connection, long track) => connection.Execute(
        "UPDATE tracks SET change = @change WHERE id = @track", ("@change", Next(connection)), ("@track", track));

    /// <summary>All tracks of a release have changed.</summary>
    public static void RenumberAlbum(DbConnection connection, long album)
    {
        var tracks = connection.Query("SELECT id FROM tracks WHERE album = @album OR shown = @album", ("@album", album))
            .All(static row => row.GetInt64(0));
        foreach (var track in tracks)
            Renumber(connection, track);
    }
}
