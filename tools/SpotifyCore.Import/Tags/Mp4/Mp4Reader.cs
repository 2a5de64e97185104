using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Tags.Mp4;

/// <summary>
/// The item list of an MP4 file (moov, udta, meta, ilst), and the texts that QuickTime keeps in udta itself.
/// </summary>
internal static class Mp4Reader
{
    // There should be one of each.
    private const int MostOfAKind = 2;

    private static readonly string[] Beginnings = ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"];

    /// <summary>Whether a file begins with an atom that MP4 files begin with.</summary>
    public static bool IsMp4(Stream file, long start) =>
        Mp4Atom.Between(file, start, file.Length).FirstOrDefault() is { Name: not null } first
        && Array.Exists(Beginnings, first.Name.Equals);

    /// <summary>Reads a file.</summary>
    public static TagFields Read(Stream file, long start)
    {
        var items = new Mp4Items(file);
        foreach (var movie in Find(file, start, file.Length, "moov"))
        {
            foreach (var user in Find(file, movie.Start, movie.End, "udta"))
                ReadUserData(file, user, items);

            // iTunes writes it into udta, others beside it.
            ReadMeta(file, movie, items);
        }

        return items.Finish();
    }

    private static void ReadUserData(Stream file, Mp4Atom user, Mp4Items items)
    {
        ReadMeta(file, user, items);
        foreach (var atom in Mp4Atom.Between(file, user.Start, user.End))
            items.ReadQuickTime(atom);
    }

    private static void ReadMeta(Stream file, Mp4Atom parent, Mp4Items items)
    {
        foreach (var meta in Find(file, parent.Start, parent.End, "meta"))
        {
            // Four bytes of version and flags come first, except in QuickTime's.
            var hasVersion = Mp4Atom.Between(file, meta.Start, meta.End).FirstOrDefault().Name != "hdlr";
            foreach (var list in Find(file, meta.Start + (hasVersion ? 4 : 0), meta.End, "ilst"))
            {
                foreach (var item in Mp4Atom.Between(file, list.Start, list.End))
                    items.Read(item);
            }
        }
    }

    private static IEnumerable<Mp4Atom> Find(Stream file, long start, long end, string name) =>
        Mp4Atom.Between(file, start, end).Where(atom => atom.Name == name).Take(MostOfAKind);
}
