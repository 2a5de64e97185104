using System.Buffers.Binary;
using SpotifyCore.Import.Tags.Mp4;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Parts;

/// <summary>How long a track of an MP4 file sounds, by its media header and its edit list.</summary>
/// <param name="Scale">Units of its media in a second: for sound, mostly the rate.</param>
/// <param name="Length">Units of all its media; 0 where it is in fragments.</param>
internal sealed record Mp4Track(uint Scale, long Length)
{
    private const int MaxEdits = 1_024;

    // The one edit that is no pause; in units of the movie, and where in the media it begins.
    private long? EditLength { get; init; }

    private long EditStart { get; init; }

    private uint MovieScale { get; init; }

    /// <summary>Reads the track of that id; null where there is none.</summary>
    public static Mp4Track? Read(Stream file, uint id)
    {
        foreach (var movie in Mp4Atom.Between(file, 0, file.Length).Where(static atom => atom.Name == "moov"))
        {
            var movieScale = Mp4Atom.Between(file, movie.Start, movie.End)
                .Where(static atom => atom.Name == "mvhd")
                .Select(atom => ReadScale(file, atom).Scale)
                .FirstOrDefault();
            foreach (var track in Mp4Atom.Between(file, movie.Start, movie.End).Where(static a => a.Name == "trak"))
            {
                if (Find(file, track, "tkhd") is { } header && ReadId(file, header) == id)
                    return Read(file, track, movieScale);
            }
        }

        return null;
    }

    /// <summary>
    /// Units of music from the start of the edit on; null where nothing says. The edit list counts in units of the
    /// movie, mostly of 1/600 or 1/1000 s, the media in samples: where both mean the same, the media's is exact.
    /// </summary>
    public long? Music
    {
        get
        {
            if (Length <= 0 || Scale == 0)
                return null;

            var rest = Length - EditStart;
            if (EditLength is not { } edit || MovieScale == 0)
                return rest > 0 ? rest : null;

            var edited = (long)Math.Round(edit * (double)Scale / MovieScale);
            var precision = Scale / MovieScale;
            return edited > 0 && edited < rest - precision ? edited : rest > 0 ? rest : null;
        }
    }

    private static Mp4Track? Read(Stream file, Mp4Atom track, uint movieScale)
    {
        if (Find(file, track, "mdia") is not { } media || Find(file, media, "mdhd") is not { } header)
            return null;

        var (scale, length) = ReadScale(file, header);
        var read = new Mp4Track(scale, length) { MovieScale = movieScale };
        return Find(file, track, "edts") is { } edits && Find(file, edits, "elst") is { } list
            ? read.With(list.Open(file))
            : read;
    }

    // u8 version, u24 flags, u32 count; each with version 1: u64 length, i64 place, else both of 32 bits; u32 speed.
    private Mp4Track With(TagCursor list)
    {
        var isLong = list.ReadUInt32BigEndian() >> 24 == 1;
        var count = list.ReadUInt32BigEndian();
        Mp4Track edited = this;
        for (var i = 0; i < Math.Min(count, MaxEdits); i++)
        {
            var length = isLong ? ReadInt64(list) : list.ReadUInt32BigEndian();
            var start = isLong ? ReadInt64(list) : (int)list.ReadUInt32BigEndian();
            list.Skip(4);
            if (start < 0)
                continue;

            // Who cuts a track together of several pieces is not understood here, and all of it is kept.
            if (edited.EditLength is not null)
                return this with { Scale = 0 };

            edited = edited with { EditLength = length, EditStart = start };
        }

        return edited;
    }

    // u8 version, u24 flags, two dates, then the track's id; with version 1 the dates have 64 bits.
    private static uint ReadId(Stream file, Mp4Atom header)
    {
        var cursor = header.Open(file);
        cursor.Skip(cursor.ReadUInt32BigEndian() >> 24 == 1 ? 16 : 8);
        return cursor.ReadUInt32BigEndian();
    }

    // u8 version, u24 flags, two dates, u32 units in a second, length; with version 1 dates and length have 64 bits.
    private static (uint Scale, long Length) ReadScale(Stream file, Mp4Atom header)
    {
        var cursor = header.Open(file);
        var isLong = cursor.ReadUInt32BigEndian() >> 24 == 1;
        cursor.Skip(isLong ? 16 : 8);
        var scale = cursor.ReadUInt32BigEndian();
        return (scale, isLong ? ReadInt64(cursor) : cursor.ReadUInt32BigEndian());
    }

    private static long ReadInt64(TagCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[8];
        return cursor.TryRead(bytes) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : 0;
    }

    private static Mp4Atom? Find(Stream file, Mp4Atom parent, string name)
    {
        foreach (var atom in Mp4Atom.Between(file, parent.Start, parent.End))
        {
            if (atom.Name == name)
                return atom;
        }

        return null;
    }
}
