using System.Buffers.Binary;
using System.Numerics;

namespace SpotifyCore.Codec.Flac;

/// <summary>Reads bits, the highest of a byte first. What lies beyond the end is broken.</summary>
/// <param name="bytes">The bytes, and <see cref="Padding"/> behind them.</param>
internal ref struct FlacBits(ReadOnlySpan<byte> bytes)
{
    /// <summary>Bytes that must lie behind those that are read: all is read by eights.</summary>
    public const int Padding = 16;

    // Of a window of 64 bits that begins within a byte.
    private const int Known = 57;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly long _end = (bytes.Length - Padding) * 8L;
    private long _at;

    /// <summary>Whole bytes that were read, the one that was begun too.</summary>
    public readonly int Bytes => (int)((_at + 7) >> 3);

    private readonly ulong Window => BinaryPrimitives.ReadUInt64BigEndian(_bytes[(int)(_at >> 3)..]) << (int)(_at & 7);

    /// <summary>The next bits, up to 32.</summary>
    public uint Read(int count)
    {
        var bits = (uint)(Window >> 1 >> (63 - count));
        Pass(count);
        return bits;
    }

    /// <summary>The next bits, up to 32, the first of which is the sign.</summary>
    public int ReadSigned(int count)
    {
        var bits = (int)((long)Window >> 1 >> (63 - count));
        Pass(count);
        return count == 0 ? 0 : bits;
    }

    /// <summary>How many zeros come before the next one, which is passed too.</summary>
    public int ReadUnary()
    {
        for (var zeros = 0; ; zeros += Known)
        {
            var more = BitOperations.LeadingZeroCount(Window);
            if (more < Known)
            {
                Pass(more + 1);
                return zeros + more;
            }

            Pass(Known);
        }
    }

    /// <summary>Goes on at the next whole byte.</summary>
    public void Align() => _at = (_at + 7) & ~7;

    /// <summary>Fills <paramref name="residual"/> with numbers in Rice's code.</summary>
    /// <param name="residual">Where they go.</param>
    /// <param name="parameter">Bits that each has beside those that are counted.</param>
    public void ReadRice(Span<int> residual, int parameter)
    {
        foreach (ref var number in residual)
        {
            var window = Window;
            var zeros = BitOperations.LeadingZeroCount(window);
            uint folded;
            if (zeros + 1 + parameter <= Known)
            {
                folded = ((uint)zeros << parameter) | (uint)(window << (zeros + 1) >> 1 >> (63 - parameter));
                Pass(zeros + 1 + parameter);
            }
            else
            {
                folded = ((uint)ReadUnary() << parameter) | Read(parameter);
            }

            number = (int)(folded >> 1) ^ -(int)(folded & 1);
        }
    }

    private void Pass(int count)
    {
        _at += count;
        if (_at > _end)
            FlacDecoder.ThrowBroken("it ends within a frame");
    }
}
