using SpotifyCore.Codec.Opus;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Opus;

public sealed class OpusCodecTests
{
    [Fact]
    public void Version_NamesTheLibrary() => Assert.StartsWith("libopus ", LibOpus.Version, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EncodeAndDecode_InTheSteadyState_DoNotAllocate(int channels)
    {
        using var encoder = new LibOpusEncoder(channels, 96_000);
        using var decoder = new LibOpusDecoder(channels);
        var pcm = TestPcm.Music(960, channels);
        var packet = new byte[1_275];
        var heard = new float[LibOpus.MaxPacketSamples * channels];
        AllocationAssert.None(() =>
        {
            var length = encoder.Encode(pcm, packet);
            Assert.True(decoder.Decode(packet.AsSpan(0, length), heard) == 960);
        });
    }

    [Fact]
    public void Decode_NoPacket_ConcealsAsMuchAsTheLastHeld()
    {
        using var encoder = new LibOpusEncoder(2, 96_000);
        using var decoder = new LibOpusDecoder(2);
        var packet = new byte[1_275];
        var heard = new float[LibOpus.MaxPacketSamples * 2];
        var length = encoder.Encode(TestPcm.Music(480, 2), packet);
        Assert.Equal(480, decoder.Decode(packet.AsSpan(0, length), heard));
        Assert.Equal(480, decoder.Decode([], heard));
    }

    [Fact]
    public void Decode_NoOpusPacket_IsInvalidData()
    {
        using var decoder = new LibOpusDecoder(2);
        Assert.Throws<InvalidDataException>(() =>
            decoder.Decode([0xFF, 0xFF], new float[LibOpus.MaxPacketSamples * 2]));
    }

    [Fact]
    public void Decode_MonoWithTwoChannels_SoundsTheSameOnBoth()
    {
        var file = TestOpus.Encode(TestPcm.Music(20_000, 1), 1, 96_000);
        var mono = TestOpus.Decode(file, 1);
        var stereo = TestOpus.Decode(file, 2);
        for (var i = 0; i < mono.Length; i++)
        {
            Assert.Equal(mono[i], stereo[2 * i], 1e-4f);
            Assert.Equal(stereo[2 * i], stereo[(2 * i) + 1]);
        }
    }

    [Fact]
    public void Reset_StartsOver()
    {
        using var encoder = new LibOpusEncoder(1, 96_000);
        using var decoder = new LibOpusDecoder(1);
        var packet = new byte[1_275];
        var once = new float[LibOpus.MaxPacketSamples];
        var again = new float[LibOpus.MaxPacketSamples];
        var length = encoder.Encode(TestPcm.Music(960, 1), packet);
        decoder.Decode(packet.AsSpan(0, length), once);
        decoder.Decode(packet.AsSpan(0, length), again);
        decoder.Reset();
        decoder.Decode(packet.AsSpan(0, length), again);
        Assert.Equal(once, again);
    }

    [Theory]
    [InlineData(0, 96_000)]
    [InlineData(3, 96_000)]
    [InlineData(2, 5_000)]
    public void Encoder_OutOfRange_IsRefused(int channels, int bitsPerSecond) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LibOpusEncoder(channels, bitsPerSecond));

    [Theory]
    [InlineData(new byte[] { 0x00 }, 480)]
    [InlineData(new byte[] { 0x18 }, 2_880)]
    [InlineData(new byte[] { 0x81 }, 240)]
    [InlineData(new byte[] { 0xFB, 0x06 }, 5_760)]
    public void Duration_OfPacket_FollowsItsConfiguration(byte[] packet, int samples) =>
        Assert.Equal(samples, OpusPacketDuration.Of(packet));

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFB })]
    [InlineData(new byte[] { 0xFB, 0x00 })]
    [InlineData(new byte[] { 0xFB, 0x07 })]
    public void Duration_OfNoPacket_IsInvalidData(byte[] packet) =>
        Assert.Throws<InvalidDataException>(() => OpusPacketDuration.Of(packet));
}
