using SpotifyCore.Codec.Ogg;

namespace SpotifyCore.Codec.Tests.Ogg;

public sealed class OggCrcTests
{
    [Fact]
    public void Append_CheckString_GivesThePublishedValue() =>
        // CRC-32/MPEG-2 without its initial value: 123456789 from zero.
        Assert.Equal(0x89A1897Fu, OggCrc.Append(0, "123456789"u8));

    [Fact]
    public void Append_InParts_EqualsWhole()
    {
        var data = new byte[1_000];
        new Random(1).NextBytes(data);
        for (var cut = 0; cut < 64; cut++)
            Assert.Equal(
                OggCrc.Append(0, data), OggCrc.Append(OggCrc.Append(0, data.AsSpan(0, cut)), data.AsSpan(cut)));
    }
}
