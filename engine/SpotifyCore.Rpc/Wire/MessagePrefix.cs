using System.Buffers;
using System.Buffers.Binary;

namespace SpotifyCore.Rpc.Wire;

/// <summary>What stands before each message: a byte that is 1 when it is compressed, 4 of length, big-endian.</summary>
internal readonly record struct MessagePrefix(byte Flags, uint Length)
{
    public const int Size = 5;

    public void Write(Span<byte> destination)
    {
        destination[0] = Flags;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], Length);
    }

    public static MessagePrefix Read(in ReadOnlySequence<byte> source)
    {
        Span<byte> prefix = stackalloc byte[Size];
        source.Slice(0, Size).CopyTo(prefix);
        return new MessagePrefix(prefix[0], BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]));
    }
}
