using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Codec.Tests.Opus;

public sealed class OpusPacketDurationTests
{
    [Theory]
    [InlineData(new byte[] { 0x00 }, 480)]
    [InlineData(new byte[] { 0x18 }, 2_880)]
    [InlineData(new byte[] { 0x81 }, 240)]
    [InlineData(new byte[] { 0xFB, 0x06 }, 5_760)]
    public void Of_Packet_FollowsItsConfiguration(byte[] packet, int samples) =>
        Assert.Equal(samples, OpusPacketDuration.Of(packet));

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFB })]
    [InlineData(new byte[] { 0xFB, 0x00 })]
    [InlineData(new byte[] { 0xFB, 0x07 })]
    public void Of_NoPacket_IsInvalidData(byte[] packet) =>
        Assert.Throws<InvalidDataException>(() => OpusPacketDuration.Of(packet));
}
