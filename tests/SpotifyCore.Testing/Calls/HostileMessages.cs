using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace SpotifyCore.Testing.Calls;

/// <summary>
/// Messages as nobody's client sends them, the same for a seed: fields with values at and beyond every edge, fields of
/// another kind than the contract's, messages cut off or with bits turned, and bytes that are no message at all.
/// </summary>
public sealed class HostileMessages(int seed)
{
    private const int Deepest = 4;
    private const int MostBytes = 3_000; // below what a stranger may send

    private static readonly string[] Texts =
    [
        "", " ", "a", "ann", "both", "x\0y", "\u001b]0;title\u0007", "\u202eabc\u202c", "e\u0301\u0301\u0301", "\ud83c\udfb5",
        "0000000000000000000000", "zzzzzzzzzzzzzzzzzzzzzz", "7N42dgm5tFLK9N8MT7fHC7", "00000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffff", "SE", "--", "ann@example.com", "http://127.0.0.1:1/", "'; DROP TABLE accounts; --",
        "%s%n", "{0}", "\"", "artist:\"", "year:1990-", "year:99999999999999999999-", "../../etc/passwd", "2026-12-01", "-1", "NaN",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next message that a method is to take for one of a type.</summary>
    public byte[] Next(MessageDescriptor type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var message = _random.Next(12) == 0 ? Bytes(_random.Next(200)) : Write(type, 0);
        switch (_random.Next(6))
        {
            case 0 when message.Length > 0:
                return message[.._random.Next(message.Length)];
            case 1 when message.Length > 0:
                for (var turned = _random.Next(1, 5); turned > 0; turned--)
                    message[_random.Next(message.Length)] ^= (byte)(1 << _random.Next(8));
                break;
        }

        return message;
    }

    private byte[] Write(MessageDescriptor type, int depth)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            foreach (var field in type.Fields.InFieldNumberOrder())
            {
                var times = _random.Next(4) == 0 ? 0 : field.IsRepeated ? _random.Next(6) : 1;
                for (; times > 0; times--)
                    WriteField(output, field, depth);
            }

            if (_random.Next(8) == 0)
            {
                output.WriteTag(_random.Next(1, 1 << 20), WireFormat.WireType.Varint);
                output.WriteUInt64((ulong)_random.NextInt64());
            }
        }

        return stream.Length <= MostBytes ? stream.ToArray() : [];
    }

    private void WriteField(CodedOutputStream output, FieldDescriptor field, int depth)
    {
        // Now and then a field comes as another kind than it is.
        var type = _random.Next(40) == 0 ? FieldType.Bytes : field.FieldType;
        switch (type)
        {
            case FieldType.Message when depth < Deepest:
                WriteBytes(output, field, Write(field.MessageType, depth + 1));
                break;
            case FieldType.String:
                WriteBytes(output, field, Text());
                break;
            case FieldType.Bytes or FieldType.Message:
                WriteBytes(output, field, Bytes(Length()));
                break;
            case FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Fixed32);
                output.WriteFloat(Number());
                break;
            case FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Fixed64);
                output.WriteDouble(Number());
                break;
            default:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteUInt64(Integer());
                break;
        }
    }

    private static void WriteBytes(CodedOutputStream output, FieldDescriptor field, byte[] bytes)
    {
        output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    private byte[] Text() => _random.Next(10) switch
    {
        0 => Bytes(_random.Next(40)), // hardly ever UTF-8
        1 => System.Text.Encoding.UTF8.GetBytes(new string((char)_random.Next('!', '\u3000'), _random.Next(600))),
        _ => System.Text.Encoding.UTF8.GetBytes(Texts[_random.Next(Texts.Length)]),
    };

    private int Length() => _random.Next(8) switch
    {
        0 => 0,
        1 => 16,
        2 => 20,
        3 => 32,
        4 => 64,
        5 => 91, // a public key of P-256
        6 => _random.Next(15, 18),
        _ => _random.Next(400),
    };

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        if (_random.Next(3) > 0)
            _random.NextBytes(bytes);

        return bytes;
    }

    private ulong Integer() => _random.Next(9) switch
    {
        0 => 0,
        1 => 1,
        2 => ulong.MaxValue, // -1
        3 => int.MaxValue,
        4 => unchecked((ulong)int.MinValue),
        5 => long.MaxValue,
        6 => unchecked((ulong)long.MinValue),
        7 => (ulong)_random.Next(300),
        _ => (ulong)_random.NextInt64(),
    };

    private float Number() => _random.Next(6) switch
    {
        0 => float.NaN,
        1 => float.PositiveInfinity,
        2 => -float.MaxValue,
        3 => 0,
        _ => (_random.NextSingle() - 0.5f) * 200,
    };
}
