using System.Buffers.Binary;

namespace SpotifyCore.Import.Parts;

/// <summary>The header of a frame of MPEG audio.</summary>
/// <param name="Form">What stays the same in all frames of one stream: version, layer, rate, mono or not.</param>
/// <param name="Length">Bytes to the next frame.</param>
/// <param name="NoteAt">Where in the frame the note of an encoder stands, if it is one: "Xing" or "Info".</param>
internal readonly record struct MpegFrame(int Form, int Length, int NoteAt)
{
    /// <summary>Length of the header.</summary>
    public const int HeaderSize = 4;

    private const int Version1 = 3;
    private const int Mono = 3;

    // Rows: MPEG 1 layers I, II, III; MPEG 2 layers I, II and III. Kilobits a second.
    private static readonly int[][] BitRates =
    [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];

    private static readonly int[] Rates = [44_100, 48_000, 32_000];

    /// <summary>Reads a header; false where there is none, or none that tells its length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MpegFrame frame)
    {
        // 11 bits of ones; 2 version; 2 layer, from the third down; 1 protection; 4 bit rate; 2 rate; 1 padding;
        // 1 private; 2 mode.
        frame = default;
        if (bytes.Length < HeaderSize)
            return false;

        var bits = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var version = (int)(bits >> 19 & 3);
        var layer = 4 - (int)(bits >> 17 & 3);
        var bitRate = (int)(bits >> 12 & 15);
        var rate = (int)(bits >> 10 & 3);
        if (bits >> 21 != 0x7FF || version == 1 || layer == 4 || bitRate is 0 or 15 || rate == 3)
            return false;

        var isMono = (bits >> 6 & 3) == Mono;
        var isFirst = version == Version1;
        var length = LengthOf(
            layer, isFirst, BitRates[RowOf(layer, isFirst)][bitRate] * 1_000,
            Rates[rate] >> (isFirst ? 0 : version == 2 ? 1 : 2), (int)(bits >> 9 & 1));
        var side = (isFirst, isMono) switch
        {
            (true, false) => 32,
            (true, true) or (false, false) => 17,
            _ => 9,
        };
        var form = (version << 5) | (layer << 3) | (rate << 1) | (isMono ? 1 : 0);
        frame = new MpegFrame(form, length, HeaderSize + side);
        return true;
    }

    private static int RowOf(int layer, bool isFirst) => isFirst ? layer - 1 : layer == 1 ? 3 : 4;

    private static int LengthOf(int layer, bool isFirst, int bitsPerSecond, int rate, int padding) => layer switch
    {
        1 => ((12 * bitsPerSecond / rate) + padding) * 4,
        3 when !isFirst => (72 * bitsPerSecond / rate) + padding,
        _ => (144 * bitsPerSecond / rate) + padding,
    };
}
