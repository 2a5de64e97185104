using System.Buffers;
using System.Globalization;
using System.Text;

namespace SpotifyCore.Rpc.Wire;

/// <summary>The value of "grpc-message": UTF-8, percent-encoded where it is not printable ASCII.</summary>
internal static class GrpcMessageText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Encodes; what needs no encoding is returned as it is.</summary>
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
            return text;

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (Plain.Contains((char)value))
                encoded.Append((char)value);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return encoded.ToString();
    }

    /// <summary>Decodes; what is no valid escape stands for itself, as gRPC wants.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%'))
            return text;

        var decoded = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && TryHex(text.AsSpan(i + 1, 2), out var value))
            {
                decoded.Add(value);
                i += 2;
            }
            else
            {
                decoded.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString(decoded.ToArray());
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out byte value) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
