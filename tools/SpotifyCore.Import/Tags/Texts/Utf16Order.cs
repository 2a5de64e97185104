using System.Text;

namespace SpotifyCore.Import.Tags.Texts;

/// <summary>The order of bytes in UTF-16: how it is marked, and how it is found where it is not.</summary>
internal sealed class Utf16Order
{
    /// <summary>The lower byte first.</summary>
    public static readonly Utf16Order LowFirst = new(isBigEndian: false);

    /// <summary>The higher byte first.</summary>
    public static readonly Utf16Order HighFirst = new(isBigEndian: true);

    private readonly UnicodeEncoding _encoding;

    private Utf16Order(bool isBigEndian) => _encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: false);

    /// <summary>Takes the mark off the front; null, and nothing is taken, where there is none.</summary>
    public static Utf16Order? TakeMark(ref ReadOnlySpan<byte> bytes)
    {
        var order = bytes switch
        {
            [0xFE, 0xFF, ..] => HighFirst,
            [0xFF, 0xFE, ..] => LowFirst,
            _ => null,
        };
        if (order is not null)
            bytes = bytes[2..];

        return order;
    }

    /// <summary>
    /// The order in which texts are written: the higher bytes are those that are zero for Latin letters, and those
    /// that vary less for any other script; where even that does not tell, the lower comes first, as on the machines
    /// of most.
    /// </summary>
    public static Utf16Order Guess(IEnumerable<byte[]> texts)
    {
        var (evenZeros, oddZeros) = (0, 0);
        var (even, odd) = (new HashSet<byte>(), new HashSet<byte>());
        foreach (var text in texts)
        {
            for (var i = 0; i + 1 < text.Length; i += 2)
            {
                evenZeros += text[i] == 0 ? 1 : 0;
                oddZeros += text[i + 1] == 0 ? 1 : 0;
                even.Add(text[i]);
                odd.Add(text[i + 1]);
            }
        }

        var isHighFirst = evenZeros != oddZeros ? evenZeros > oddZeros : even.Count < odd.Count;
        return isHighFirst ? HighFirst : LowFirst;
    }

    /// <summary>The text; half a character at its end is completed as one of Latin, whose other half is zero.</summary>
    public string Decode(ReadOnlySpan<byte> bytes) =>
        bytes.Length % 2 == 0 ? _encoding.GetString(bytes)
        : this == LowFirst ? _encoding.GetString([.. bytes, 0])
        : _encoding.GetString(bytes[..^1]);
}
