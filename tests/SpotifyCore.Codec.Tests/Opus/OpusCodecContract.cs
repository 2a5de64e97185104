using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;

namespace SpotifyCore.Codec.Tests.Opus;

/// <summary>What holds of every implementation of Opus.</summary>
public abstract class OpusCodecContract
{
    private const int FrameSamples = 960;
    private const int MaxPacket = 1_275;

    /// <summary>The implementation that is tested.</summary>
    protected abstract IOpusCodec Codec { get; }

    [Theory]
    [InlineData(1, 96_000, 0.03)]
    [InlineData(2, 96_000, 0.04)]
    [InlineData(2, 160_000, 0.02)]
    [InlineData(2, 320_000, 0.01)]
    public void File_EncodedAndDecoded_IsAsLongAndSoundsAlike(int channels, int bitsPerSecond, double error)
    {
        var pcm = TestPcm.Music(100_001, channels);
        var file = TestOpus.Encode(pcm, channels, bitsPerSecond, codec: Codec);
        var heard = TestOpus.Decode(file, channels, codec: Codec);

        Assert.Equal(pcm.Length, heard.Length);
        Assert.InRange(TestPcm.Error(pcm, heard), 0, error);
        Assert.InRange(file.Length, 0.7 * bitsPerSecond / 8 * 2.1, 1.3 * bitsPerSecond / 8 * 2.2);
    }

    [Fact]
    public void File_OfTheSameSamples_HasTheSameBytes()
    {
        var pcm = TestPcm.Music(50_000, 2);
        var one = TestOpus.Encode(pcm, 2, 160_000, codec: Codec);
        Assert.Equal(one, TestOpus.Encode(pcm, 2, 160_000, block: 777, codec: Codec));
    }

    [Fact]
    [Trait("Needs", "libopus")]
    public void File_OfEitherCodec_SoundsTheSameInBoth()
    {
        var file = TestOpus.Encode(TestPcm.Music(100_000, 2), 2, 160_000, codec: Codec);
        var native = TestOpus.Decode(file, 2, codec: OpusCodecs.Native);
        var managed = TestOpus.Decode(file, 2, codec: OpusCodecs.Managed);

        Assert.Equal(native.Length, managed.Length);
        for (var i = 0; i < native.Length; i++)
            Assert.InRange(Math.Clamp(native[i], -1, 1) - managed[i], -32 / 32_768f, 32 / 32_768f);
    }

    [Fact]
    public void Seek_ThenDecode_SoundsAsWithoutIt()
    {
        var pages = new List<OpusPageMark>();
        var file = TestOpus.Encode(TestPcm.Music(200_000, 2), 2, 160_000, page: pages.Add, codec: Codec);
        var whole = TestOpus.Decode(file, 2, codec: Codec);
        using var opus = Codec.CreateDecoder(2);
        var track = new OpusTrackDecoder(opus, OpusFileWriter.PreSkip);
        var sample = 120_000L;
        var page = pages.Last(mark => mark.FirstSample + 3_840 <= (ulong)sample);
        track.SeekTo(new SeekPlan(sample, 0, (int)page.Offset, page.FirstSample));

        var heard = new List<float>();
        TestOpus.Feed(track, file.AsSpan((int)page.Offset), heard);
        Assert.Equal(whole.Length - ((int)sample * 2), heard.Count);
        Assert.InRange(RootMeanSquare(heard, whole.AsSpan((int)sample * 2)), 0, 0.01);
    }

    [Fact]
    public void Lookahead_FitsInTheFilesPreSkip()
    {
        using var encoder = Codec.CreateEncoder(2, 96_000);
        Assert.InRange(encoder.Lookahead, 1, OpusFileWriter.PreSkip);
    }

    [Fact]
    public void Decode_NoPacket_ConcealsAsMuchAsTheLastHeld()
    {
        using var encoder = Codec.CreateEncoder(2, 96_000);
        using var decoder = Codec.CreateDecoder(2);
        var packet = new byte[MaxPacket];
        var heard = new float[OpusFormat.MaxPacketSamples * 2];
        var length = encoder.Encode(TestPcm.Music(480, 2), packet);
        Assert.Equal(480, decoder.Decode(packet.AsSpan(0, length), heard));
        Assert.Equal(480, decoder.Decode([], heard));
    }

    [Theory]
    [InlineData(0x08, 960)]
    [InlineData(0x18, 2_880)]
    [InlineData(0x48, 960)]
    [InlineData(0x49, 1_920)]
    [InlineData(0x78, 960)]
    [InlineData(0xF8, 960)]
    [InlineData(0xF9, 1_920)]
    public void Decode_FirstByteAlone_IsAPauseOfItsLength(byte first, int samples)
    {
        using var decoder = Codec.CreateDecoder(2);
        var heard = new float[OpusFormat.MaxPacketSamples * 2];
        Array.Fill(heard, 1);
        Assert.Equal(samples, decoder.Decode([first], heard));
        Assert.All(heard[..(samples * 2)], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void Decode_PausesAmongSpeech_AreConcealedAndTheSpeechGoesOn()
    {
        // So few bits that the encoder codes it as speech (SILK or hybrid), whose pauses are one byte.
        using var encoder = Codec.CreateEncoder(1, 12_000);
        using var decoder = Codec.CreateDecoder(1);
        var pcm = TestPcm.Music(FrameSamples * 50, 1);
        var packet = new byte[MaxPacket];
        var heard = new float[OpusFormat.MaxPacketSamples];
        for (var frame = 0; frame < 50; frame++)
        {
            var length = encoder.Encode(pcm.AsSpan(frame * FrameSamples, FrameSamples), packet);
            Assert.InRange(packet[0] >> 3, 0, 15);
            var sent = frame % 5 == 4 ? [(byte)(packet[0] & ~3)] : packet.AsSpan(0, length);
            Assert.Equal(FrameSamples, decoder.Decode(sent, heard));
        }
    }

    [Fact]
    public void Decode_NoOpusPacket_IsInvalidDataAndTheNextIsHeard()
    {
        using var encoder = Codec.CreateEncoder(2, 96_000);
        using var decoder = Codec.CreateDecoder(2);
        var packet = new byte[MaxPacket];
        var heard = new float[OpusFormat.MaxPacketSamples * 2];
        var length = encoder.Encode(TestPcm.Music(FrameSamples, 2), packet);
        foreach (var broken in (byte[][])[[0xFF, 0xFF], [0xFB], [0xFB, 0x00], [0x82]])
            Assert.Throws<InvalidDataException>(() => decoder.Decode(broken, heard));

        Assert.Equal(FrameSamples, decoder.Decode(packet.AsSpan(0, length), heard));
    }

    [Fact]
    public void Decode_TooLittleRoom_IsInvalidData()
    {
        using var decoder = Codec.CreateDecoder(2);
        Assert.Throws<InvalidDataException>(() => decoder.Decode([0xF8, 1, 2, 3], new float[100]));
    }

    [Fact]
    public void Decode_RandomBytes_ThrowsNothingElse()
    {
        using var decoder = Codec.CreateDecoder(2);
        var random = new Random(1);
        var heard = new float[OpusFormat.MaxPacketSamples * 2];
        for (var i = 0; i < 20_000; i++)
        {
            var packet = new byte[random.Next(1, 200)];
            random.NextBytes(packet);
            try
            {
                Assert.Equal(OpusPacketDuration.Of(packet), decoder.Decode(packet, heard));
            }
            catch (InvalidDataException)
            {
                // What broken bytes are to end in.
            }
        }
    }

    [Fact]
    public void Decode_MonoWithTwoChannels_SoundsTheSameOnBoth()
    {
        var file = TestOpus.Encode(TestPcm.Music(20_000, 1), 1, 96_000, codec: Codec);
        var mono = TestOpus.Decode(file, 1, codec: Codec);
        var stereo = TestOpus.Decode(file, 2, codec: Codec);
        for (var i = 0; i < mono.Length; i++)
        {
            Assert.Equal(mono[i], stereo[2 * i], 1e-4f);
            Assert.Equal(stereo[2 * i], stereo[(2 * i) + 1]);
        }
    }

    [Fact]
    public void Reset_StartsOver()
    {
        using var encoder = Codec.CreateEncoder(1, 96_000);
        using var decoder = Codec.CreateDecoder(1);
        var packet = new byte[MaxPacket];
        var once = new float[OpusFormat.MaxPacketSamples];
        var again = new float[OpusFormat.MaxPacketSamples];
        var length = encoder.Encode(TestPcm.Music(FrameSamples, 1), packet);
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
    [InlineData(2, 520_000)]
    public void CreateEncoder_OutOfRange_IsRefused(int channels, int bitsPerSecond) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Codec.CreateEncoder(channels, bitsPerSecond));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void CreateDecoder_OutOfRange_IsRefused(int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Codec.CreateDecoder(channels));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(961)]
    [InlineData(48_000)]
    public void Encode_FrameOfNoLength_IsAnArgumentException(int samples)
    {
        using var encoder = Codec.CreateEncoder(2, 96_000);
        Assert.Throws<ArgumentException>(() => encoder.Encode(new short[samples * 2], new byte[MaxPacket]));
    }

    private static double RootMeanSquare(List<float> one, ReadOnlySpan<float> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Count; i++)
            sum += Math.Pow(one[i] - other[i], 2);

        return Math.Sqrt(sum / one.Count);
    }
}
