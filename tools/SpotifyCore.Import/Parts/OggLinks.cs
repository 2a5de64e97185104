using SpotifyCore.Import.Tags.Vorbis;

namespace SpotifyCore.Import.Parts;

/// <summary>
/// The links of a chained Ogg file, one complete stream behind the other (RFC 3533), as recordings of radio are.
/// </summary>
internal static class OggLinks
{
    private const int Step = 16 * 1024;

    /// <summary>One part for each link: the whole file where there is one.</summary>
    public static IReadOnlyList<FilePart> Find(Stream file)
    {
        List<long> starts = [0];
        var hasBody = false;
        for (long? at = FindPage(file, 0); at is { } page && starts.Count < FilePart.Most;)
        {
            file.Position = page;
            if (!OggPageStart.TryRead(file, out var start))
            {
                at = FindPage(file, page + 1);
                continue;
            }

            // Streams that sound together all begin before the first goes on.
            if (start.IsFirst && hasBody)
                starts.Add(page);

            hasBody = !start.IsFirst;
            var next = file.Position + start.BodyLength;
            at = next < file.Length ? next : null;
        }

        return starts.Count == 1 ? [FilePart.Whole] : FilePart.From(starts);
    }

    private static long? FindPage(Stream file, long from)
    {
        var block = new byte[Step];
        var mark = "OggS"u8;
        while (from < file.Length)
        {
            file.Position = from;
            var read = file.ReadAtLeast(block, Step, throwOnEndOfStream: false);
            var found = block.AsSpan(0, read).IndexOf(mark);
            if (found >= 0)
                return from + found;

            from += Math.Max(read - mark.Length + 1, 1);
        }

        return null;
    }
}
