using System.Collections.Frozen;
using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Tags.Id3;

/// <summary>The frames that are read.</summary>
internal static class Id3FrameNames
{
    private static readonly FrozenDictionary<string, TagField> Texts = new Dictionary<string, TagField>
    {
        ["TIT2"] = TagField.Title,
        ["TPE1"] = TagField.Artist,
        ["TPE2"] = TagField.AlbumArtist,
        ["TALB"] = TagField.Album,
        ["TCON"] = TagField.Genre,
        ["TDRC"] = TagField.Date,
        ["TYER"] = TagField.Date,
        ["TDRL"] = TagField.ReleaseDate,
        ["TDOR"] = TagField.OriginalDate,
        ["TORY"] = TagField.OriginalDate,
        ["TRCK"] = TagField.Track,
        ["TPOS"] = TagField.Disc,
        ["TSST"] = TagField.DiscSubtitle,
        ["TCOM"] = TagField.Composer,
        ["TSRC"] = TagField.Isrc,
        ["TCMP"] = TagField.Compilation,
        ["TSOT"] = TagField.TitleSort,
        ["TSOP"] = TagField.ArtistSort,
        ["TSOA"] = TagField.AlbumSort,
        ["TSO2"] = TagField.AlbumArtistSort,
        ["XSOT"] = TagField.TitleSort,
        ["XSOP"] = TagField.ArtistSort,
        ["XSOA"] = TagField.AlbumSort,
    }.ToFrozenDictionary();

    // Version 2.2 had names of three letters.
    private static readonly FrozenDictionary<string, string> Old = new Dictionary<string, string>
    {
        ["TT2"] = "TIT2",
        ["TP1"] = "TPE1",
        ["TP2"] = "TPE2",
        ["TAL"] = "TALB",
        ["TCO"] = "TCON",
        ["TYE"] = "TYER",
        ["TOR"] = "TORY",
        ["TRK"] = "TRCK",
        ["TPA"] = "TPOS",
        ["TPS"] = "TSST",
        ["TCM"] = "TCOM",
        ["TRC"] = "TSRC",
        ["TCP"] = "TCMP",
        ["TST"] = "TSOT",
        ["TSP"] = "TSOP",
        ["TSA"] = "TSOA",
        ["TS2"] = "TSO2",
        ["TXX"] = Id3FrameReader.UserText,
        ["COM"] = Id3FrameReader.Comment,
        ["UFI"] = Id3FrameReader.UniqueId,
        ["PIC"] = Id3FrameReader.OldPicture,
    }.ToFrozenDictionary();

    /// <summary>The field of a frame that is a text alone; null for all others.</summary>
    public static TagField? FieldOf(string id) => Texts.TryGetValue(id, out var field) ? field : null;

    /// <summary>The name since version 2.3 of a frame of 2.2; the same where it is none of interest.</summary>
    public static string Modern(string id) => Old.GetValueOrDefault(id, id);
}
