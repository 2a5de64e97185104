using SpotifyCore.Import.Tags.Ape;
using SpotifyCore.Import.Tags.Id3;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Parts;

/// <summary>
/// The streams of an MP3 file: most have one, some begin behind what a decoder does not expect there, and those that
/// were put together of several change their rate or channels, or hold an encoder's note on each.
/// </summary>
/// <param name="Parts">One for each stream: the whole file where ffmpeg finds the only one.</param>
/// <param name="HasNote">True when the encoder's note on what it put around the music leads the first.</param>
internal sealed record MpegStreams(IReadOnlyList<FilePart> Parts, bool HasNote)
{
    // A header of 4 bytes is soon found in anything: so many have to follow one another.
    private const int FramesInARow = 3;
    private const int HeadSize = 192;

    /// <summary>Walks over the frames of a file.</summary>
    public static MpegStreams Find(Stream file)
    {
        var (usual, front) = PassTags(file);
        if (FindFrame(file, front, null) is not { } first)
            return new([FilePart.Whole], false);

        List<long> starts = [first];
        var head = new byte[HeadSize];
        _ = MpegFrame.TryRead(ReadHead(file, first, head), out var frame);
        var hasNote = HasEncoderNote(head);
        var at = first;
        while (at + frame.Length < file.Length && starts.Count < FilePart.Most)
        {
            at += frame.Length;
            var form = frame.Form;
            var bytes = ReadHead(file, at, head);
            if (!MpegFrame.TryRead(bytes, out frame) || frame.Form != form)
            {
                if (FindFrame(file, at, form) is not { } found)
                    break;

                at = found;
                bytes = ReadHead(file, at, head);
                _ = MpegFrame.TryRead(bytes, out frame);
            }

            if (frame.Form != form || IsNote(bytes, frame))
                starts.Add(at);
        }

        return starts.Count == 1 && first == usual
            ? new([FilePart.Whole], hasNote)
            : new(FilePart.From(starts), hasNote);
    }

    // Where ffmpeg looks for the first frame, behind ID3v2, and where it may really begin.
    private static (long Usual, long Front) PassTags(Stream file)
    {
        var (usual, at) = (0L, 0L);
        for (var count = 0; count < TagLimits.MaxTags; count++)
        {
            var bytes = TagCursor.At(file, at, file.Length).Read(ApeHeader.Length);
            if (Id3v2Header.TryRead(bytes, "ID3"u8, out var id3))
                usual = at == usual ? at + id3.TagLength : usual;
            else if (!ApeHeader.TryRead(bytes, out _))
                break;

            at += ApeHeader.TryRead(bytes, out var ape) ? ApeHeader.Length + ape.Size : id3.TagLength;
        }

        return (usual, at);
    }

    // The first place from which frames follow one another; at the end of the file fewer will do.
    private static long? FindFrame(Stream file, long from, int? like)
    {
        var block = new byte[16 * 1024];
        var head = new byte[HeadSize];
        while (from < file.Length)
        {
            file.Position = from;
            var read = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            for (var at = 0; at < read; at++)
            {
                at += block.AsSpan(at, read - at).IndexOf((byte)0xFF) is var mark and >= 0 ? mark : read - at;
                if (at < read && IsRun(file, from + at, like, head))
                    return from + at;
            }

            from += read;
        }

        return null;
    }

    private static bool IsRun(Stream file, long at, int? like, byte[] head)
    {
        int? form = null;
        for (var count = 0; count < FramesInARow; count++)
        {
            if (at == file.Length && count > 0 && form == like)
                return true;

            if (!MpegFrame.TryRead(ReadHead(file, at, head), out var frame) || (form ??= frame.Form) != frame.Form)
                return false;

            at += frame.Length;
        }

        return true;
    }

    private static ReadOnlySpan<byte> ReadHead(Stream file, long at, byte[] head)
    {
        file.Position = at;
        return head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    private static bool IsNote(ReadOnlySpan<byte> head, MpegFrame frame) =>
        head.Length >= frame.NoteAt + 4
        && (head[frame.NoteAt..].StartsWith("Xing"u8) || head[frame.NoteAt..].StartsWith("Info"u8));

    // "Xing", u32 flags, then by the flags u32 frames, u32 bytes, 100 bytes of places, u32 quality; then the encoder.
    private static bool HasEncoderNote(ReadOnlySpan<byte> head)
    {
        if (!MpegFrame.TryRead(head, out var frame) || !IsNote(head, frame))
            return false;

        var flags = head[frame.NoteAt + 7];
        var at = frame.NoteAt + 8 + ((flags & 1) * 4) + ((flags >> 1 & 1) * 4) + ((flags >> 2 & 1) * 100)
            + ((flags >> 3 & 1) * 4);
        return head.Length >= at + 4 && head[at..] is var encoder
            && (encoder.StartsWith("LAME"u8) || encoder.StartsWith("Lav"u8));
    }
}
