using SpotifyCore.Codec.Opus;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Opus;

/// <summary>Opus by libopus.</summary>
[Trait("Needs", "libopus")]
public sealed class LibOpusCodecTests : OpusCodecContract
{
    protected override IOpusCodec Codec => OpusCodecs.Native;

    [Fact]
    public void Version_NamesTheLibrary() => Assert.StartsWith("libopus ", Codec.Version, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EncodeAndDecode_InTheSteadyState_DoNotAllocate(int channels)
    {
        using var encoder = Codec.CreateEncoder(channels, 96_000);
        using var decoder = Codec.CreateDecoder(channels);
        var pcm = TestPcm.Music(960, channels);
        var packet = new byte[1_275];
        var heard = new float[OpusFormat.MaxPacketSamples * channels];
        AllocationAssert.None(() =>
        {
            var length = encoder.Encode(pcm, packet);
            Assert.True(decoder.Decode(packet.AsSpan(0, length), heard) == 960);
        });
    }
}
