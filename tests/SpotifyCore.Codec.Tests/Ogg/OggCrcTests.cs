using SpotifyCore.Codec.Ogg;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Ogg;

public sealed class OggCrcTests
{
    [Fact]
    public void Compute_CheckString_GivesThePublishedValue() =>
        // CRC-32/MPEG-2 without its initial value: 123456789 from zero.
        Assert.Equal(0x89A1897Fu, OggCrc.Compute("123456789"u8));

    [Fact]
    public void Compute_AnyLength_EqualsTheDivisionBitByBit()
    {
        var data = new byte[1_000];
        new Random(1).NextBytes(data);
        for (var length = 0; length <= data.Length; length++)
            Assert.Equal(Divide(data.AsSpan(0, length)), OggCrc.Compute(data.AsSpan(0, length)));
    }

    [Fact]
    public void Compute_Page_DoesNotAllocate()
    {
        var page = new byte[4_096];
        AllocationAssert.None(() => OggCrc.Compute(page));
    }

    private static uint Divide(ReadOnlySpan<byte> data)
    {
        var rest = 0u;
        foreach (var value in data)
        {
            rest ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++)
                rest = (rest << 1) ^ ((rest & 0x80000000) != 0 ? 0x04C11DB7u : 0);
        }

        return rest;
    }
}
