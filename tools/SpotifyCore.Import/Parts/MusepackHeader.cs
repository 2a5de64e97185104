using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Parts;

/// <summary>The header of a Musepack file of stream version 8, which tells the number of its samples.</summary>
internal static class MusepackHeader
{
    // Of every decoder's filter bank; the header does not count them.
    private const int DecoderDelay = 481;
    private const int MaxPackets = 16;

    /// <summary>What of the samples is the music; all where the header is of another version, or damaged.</summary>
    public static SampleCut Read(Stream file)
    {
        var cursor = TagCursor.At(file, 0, file.Length);
        if (!Starts(cursor, "MPCK"u8))
            return SampleCut.None;

        // A packet: two letters, its length with these and itself; "SH" has u32 checksum, u8 version, then the numbers.
        Span<byte> key = stackalloc byte[2];
        for (var count = 0; count < MaxPackets && cursor.TryRead(key); count++)
        {
            var length = ReadNumber(cursor, out var size);
            if (!key.SequenceEqual("SH"u8))
            {
                cursor.Skip(length - size - key.Length);
                continue;
            }

            cursor.Skip(5);
            var (samples, silence) = (ReadNumber(cursor, out _), ReadNumber(cursor, out _));
            return samples > silence && silence is >= 0 and < int.MaxValue
                ? new SampleCut(DecoderDelay + silence, samples - silence)
                : SampleCut.None;
        }

        return SampleCut.None;
    }

    private static bool Starts(TagCursor cursor, ReadOnlySpan<byte> mark)
    {
        Span<byte> bytes = stackalloc byte[4];
        return cursor.TryRead(bytes) && bytes.SequenceEqual(mark);
    }

    // Seven bits a byte, the highest first; the eighth says that another follows.
    private static long ReadNumber(TagCursor cursor, out int size)
    {
        var number = 0L;
        for (size = 1; size <= 9; size++)
        {
            var one = cursor.ReadByte();
            number = (number << 7) | (uint)(one & 0x7F);
            if ((one & 0x80) == 0)
                break;
        }

        return number;
    }
}
