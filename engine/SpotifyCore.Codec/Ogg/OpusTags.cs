using System.Buffers.Binary;
using System.Text;

namespace SpotifyCore.Codec.Ogg;

/// <summary>The comment header of an Ogg Opus stream (RFC 7845 section 5.2).</summary>
/// <param name="Vendor">The library that made the stream.</param>
/// <param name="Comments">Metadata as <c>NAME=value</c>; none in what SpotifyCore writes.</param>
internal sealed record OpusTags(string Vendor, IReadOnlyList<string> Comments)
{
    internal static ReadOnlySpan<byte> Magic => "OpusTags"u8;

    /// <summary>
    /// The wire form, little-endian: "OpusTags", u32 length and vendor, u32 count, then u32 length and text each.
    /// </summary>
    public byte[] ToPacket()
    {
        var packet = new MemoryStream();
        packet.Write(Magic);
        WriteText(packet, Vendor);
        WriteNumber(packet, Comments.Count);
        foreach (var comment in Comments)
            WriteText(packet, comment);

        return packet.ToArray();
    }

    /// <summary>Reads a whole comment packet; what stands after the comments is left aside.</summary>
    /// <exception cref="InvalidDataException">It is none, or a length in it goes beyond it.</exception>
    public static OpusTags Read(ReadOnlySpan<byte> packet)
    {
        if (!packet.StartsWith(Magic))
            throw new InvalidDataException("Not an Opus comment header.");

        var rest = packet[Magic.Length..];
        var vendor = ReadText(ref rest);
        var count = ReadNumber(ref rest);
        var comments = new List<string>();
        for (var i = 0u; i < count; i++)
            comments.Add(ReadText(ref rest));

        return new OpusTags(vendor, comments);
    }

    private static uint ReadNumber(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < sizeof(uint))
            throw new InvalidDataException("An Opus comment header is cut short.");

        var number = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        rest = rest[sizeof(uint)..];
        return number;
    }

    private static string ReadText(ref ReadOnlySpan<byte> rest)
    {
        var length = ReadNumber(ref rest);
        if (length > rest.Length)
            throw new InvalidDataException("An Opus comment header is cut short.");

        var text = Encoding.UTF8.GetString(rest[..(int)length]);
        rest = rest[(int)length..];
        return text;
    }

    private static void WriteNumber(Stream packet, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        packet.Write(bytes);
    }

    private static void WriteText(Stream packet, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(packet, bytes.Length);
        packet.Write(bytes);
    }
}
