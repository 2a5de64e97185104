using SpotifyCore.Codec.Ogg;

namespace SpotifyCore.Codec.Tests.Ogg;

public sealed class OpusHeadersTests
{
    private static byte[] HeadPacket(params (int At, byte Value)[] changes)
    {
        var packet = new byte[OpusHead.Size];
        new OpusHead(2, 312, 44_100, -256).Write(packet);
        foreach (var (at, value) in changes)
            packet[at] = value;

        return packet;
    }

    [Fact]
    public void Head_RoundTrips() => Assert.Equal(new OpusHead(2, 312, 44_100, -256), OpusHead.Read(HeadPacket()));

    [Fact]
    public void Head_LaterMinorVersion_IsRead() => Assert.Equal(2, OpusHead.Read(HeadPacket((8, 15))).Channels);

    [Theory]
    [InlineData(0, (byte)'X')]
    [InlineData(8, 16)]
    [InlineData(9, 0)]
    [InlineData(9, 6)]
    [InlineData(18, 255)]
    public void Head_NotPlayable_IsRefused(int at, byte value) =>
        Assert.Throws<InvalidDataException>(() => OpusHead.Read(HeadPacket((at, value))));

    [Fact]
    public void Head_MappingFamilyOneOfOneStream_IsRead() =>
        Assert.Equal(2, OpusHead.Read([.. HeadPacket((18, 1)), 1, 1, 0, 1]).Channels);

    [Fact]
    public void Tags_RoundTrip()
    {
        var read = OpusTags.Read(new OpusTags("libopus 9", ["TITLE=Å", "ARTIST=雅"]).ToPacket());

        Assert.Equal("libopus 9", read.Vendor);
        Assert.Equal(["TITLE=Å", "ARTIST=雅"], read.Comments);
    }

    [Fact]
    public void Tags_EveryPrefix_IsRefused()
    {
        var packet = new OpusTags("libopus 9", ["TITLE=Å"]).ToPacket();
        for (var length = 0; length < packet.Length; length++)
            Assert.Throws<InvalidDataException>(() => OpusTags.Read(packet.AsSpan(0, length)));
    }
}
