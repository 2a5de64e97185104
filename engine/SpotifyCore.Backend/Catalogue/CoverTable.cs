using System.Data.Common;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Pictures, each once, within one transaction.</summary>
internal sealed class CoverTable(DbConnection connection)
{
    /// <summary>The id of a picture, which is there then; null where there is none.</summary>
    public string? Put(Cover? cover)
    {
        if (cover is null)
            return null;

        var id = Id128.HashOf(cover.Data.Span).ToString();
        connection.Execute(
            "INSERT INTO covers (cover, media_type, data) VALUES (@cover, @type, @data) ON CONFLICT DO NOTHING",
            ("@cover", id), ("@type", cover.MediaType), ("@data", cover.Data.ToByteArray()));
        return id;
    }

    /// <summary>Takes a picture out, unless a track has it.</summary>
    public void DropUnused(string? cover)
    {
        if (cover is not null)
            connection.Execute(
                "DELETE FROM covers WHERE cover = @cover AND NOT EXISTS (SELECT 1 FROM tracks t WHERE t.cover = @cover)",
                ("@cover", cover));
    }
}
