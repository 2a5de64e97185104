using System.Buffers.Binary;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Tests.Sources;

/// <summary>What people have: each is held against the sound it was made of, or against another decoder.</summary>
public sealed class FormatTests(TestMusic music) : IClassFixture<TestMusic>
{
    [Theory]
    [InlineData("a.aiff")]
    [InlineData("a.aifc", "-c:a", "pcm_f32be", "-f", "aiff")]
    [InlineData("a.au")]
    [InlineData("a.bwf", "-f", "wav", "-write_bext", "1", "-metadata", "description=Take One")]
    [InlineData("alac.caf", "-c:a", "alac")]
    [InlineData("a.flac")]
    [InlineData("alac.m4a", "-c:a", "alac")]
    [InlineData("a.mka", "-c:a", "flac")]
    [InlineData("a.mkv", "-c:a", "pcm_s24le")]
    [InlineData("a.mov", "-c:a", "pcm_s16le")]
    [InlineData("a.rf64", "-f", "wav", "-rf64", "always")]
    [InlineData("a.tta")]
    [InlineData("a.w64")]
    [InlineData("double.wav", "-c:a", "pcm_f64le")]
    [InlineData("a.wv")]
    public async Task Decode_Lossless_IsTheSound(string name, params string[] options)
    {
        var sound = TestSound.Make(1, 2.02);
        var path = Path.Combine(music.Folder, name);
        TestMusic.Run("ffmpeg", ["-nostdin", "-v", "error", "-i", Wav(sound, name), .. options, path]);

        await AssertSameAsync(DecodedSound.Reference(music, sound, name), Found(name), 0.999999);
    }

    [Fact]
    public async Task Decode_FlacOf32Bits_IsTheSound()
    {
        var sound = TestSound.Make(2, 2);
        var (wav, flac) = (music.Write("long.wav", sound.ToLongWav()).Path, Path.Combine(music.Folder, "long.flac"));
        TestMusic.Run("flac", ["-s", "-o", flac, wav]);

        await AssertSameAsync(DecodedSound.Reference(music, sound, "long"), Found("long.flac"), 0.999999);
    }

    [Theory]
    [InlineData("other.flac", "flac -s -o OUT IN", "flac -s -d -o OUT IN")]
    [InlineData("other.wv", "wavpack -q IN -o OUT", "wvunpack -q IN -o OUT")]
    [InlineData("other.ogg", "oggenc -Q -q 5 -o OUT IN", "oggdec -Q -o OUT IN")]
    [InlineData("other.opus", "opusenc --quiet --bitrate 128 IN OUT", "opusdec --quiet --no-dither IN OUT")]
    [InlineData("other.mp3", "lame -S -V 2 IN OUT", "lame -S --decode IN OUT")]
    [InlineData("other.mpc", "mpcenc --silent IN OUT", "mpcdec IN OUT")]
    public async Task Decode_EncodedByItsOwnProgram_IsWhatItsOwnDecoderGives(string name, string encode, string decode)
    {
        var sound = TestSound.Make(3, 2.3, 48_000);
        Run(encode, Wav(sound, name), Path.Combine(music.Folder, name));
        var decoded = Path.Combine(music.Folder, $"{name}.decoded.wav");
        Run(decode, Path.Combine(music.Folder, name), decoded);

        var reference = (await DecodedSound.OfAsync(Found($"{name}.decoded.wav"))).Samples;

        await AssertSameAsync(reference, Found(name), 0.99999);
    }

    [Theory]
    [InlineData(0xCu)]
    [InlineData(0x600u)]
    [InlineData(0x30u)]
    [InlineData(0u)]
    [InlineData(3u)]
    public async Task Decode_TwoChannelsWhereverTheyAreSaidToBe_AreLeftAndRight(uint mask)
    {
        var sound = TestSound.Make(4, 1, 48_000);
        var source = music.Write($"mask {mask}.wav", sound.ToWav(mask));

        await AssertSameAsync(DecodedSound.Reference(music, sound, $"mask {mask}"), source, 0.999999);
    }

    [Theory]
    [InlineData(3, 0u)]
    [InlineData(4, 0u)]
    [InlineData(4, 0x33u)]
    [InlineData(5, 0u)]
    [InlineData(6, 0x3Fu)]
    public async Task Decode_MoreChannels_AreAllButTheBassHeard(int channels, uint mask)
    {
        for (var channel = 0; channel < channels; channel++)
        {
            var sound = TestSound.Make(5, 1, 48_000, channels);
            for (var i = 0; i < sound.Samples.Length; i++)
                sound.Samples[i] *= i % channels == channel ? 1 : 0;

            var decoded = await DecodedSound.OfAsync(
                music.Write($"{channels} {mask} {channel}.wav", sound.ToWav(mask)));

            var isBass = channels == 6 && channel == 3;
            Assert.Equal(isBass, decoded.Samples.Max(MathF.Abs) < 0.01);
            Assert.Equal((2, 48_000), (decoded.Channels, decoded.Length));
        }
    }

    [Theory]
    [InlineData("film.mkv")]
    [InlineData("film.mov")]
    public async Task Decode_FilmOfSeveralSounds_IsTheDefaultOne(string name)
    {
        var (other, sound) = (TestSound.Make(6, 2), TestSound.Make(7, 2));
        var path = Path.Combine(music.Folder, name);
        TestMusic.Run(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=32x32:d=2", "-i", Wav(other, $"{name}1"),
                "-i", Wav(sound, $"{name}2"), "-map", "0", "-map", "1", "-map", "2", "-c:v", "mpeg4", "-c:a",
                "pcm_s16le", "-disposition:a:0", "0", "-disposition:a:1", "default", path,
            ]);

        await AssertSameAsync(DecodedSound.Reference(music, sound, name), Found(name), 0.999999);
    }

    [Fact]
    public async Task Decode_OneBitSound_IsTheSound()
    {
        var sound = TestSound.Make(8, 0.5, 44_100, gain: 0.5f);
        var decoded = await DecodedSound.OfAsync(music.Write("a.dsf", Dsf(sound)));

        // The filters of either way have their own delay.
        var reference = DecodedSound.Reference(music, sound, "dsf");
        var best = Enumerable.Range(-20, 41).Max(delay => delay < 0
            ? decoded.CorrelationWith(reference.AsSpan(-delay * 2))
            : (decoded with { Samples = decoded.Samples[(delay * 2)..] }).CorrelationWith(reference));
        Assert.InRange(best, 0.99, 1);
        Assert.InRange(decoded.Length, reference.Length / 2 - 1_200, (reference.Length / 2) + 1_200);
    }

    private async Task AssertSameAsync(float[] reference, SourceFile source, double correlation)
    {
        var decoded = await DecodedSound.OfAsync(source);

        Assert.Equal(reference.Length / 2, decoded.Length);
        Assert.InRange(decoded.CorrelationWith(reference), correlation, 1.000001);
        Assert.InRange(decoded.LevelOver(reference), -0.01, 0.01);
        Assert.Equal(2, decoded.Channels);
        Assert.Empty(decoded.Warnings);
    }

    private SourceFile Found(string name)
    {
        var file = new FileInfo(Path.Combine(music.Folder, name));
        return new SourceFile(file.FullName, name, file.Length);
    }

    private string Wav(TestSound sound, string name) => music.Write($"{name}.wav", sound.ToWav()).Path;

    private static void Run(string command, string input, string output)
    {
        string[] words = command.Split(' ');
        TestMusic.Run(words[0], [.. words[1..].Select(word => word == "IN" ? input : word == "OUT" ? output : word)]);
    }

    // 64 bits for each sample, by a modulator of second order; DSF keeps them in blocks of 4,096 bytes a channel.
    private static byte[] Dsf(TestSound sound)
    {
        const int blockSize = 4_096, bitsPerSample = 64;
        var blocks = (sound.Length * bitsPerSample / 8 / blockSize) + 1;
        var data = new byte[blocks * blockSize * sound.Channels];
        for (var channel = 0; channel < sound.Channels; channel++)
        {
            double first = 0, second = 0;
            for (var bit = 0; bit < sound.Length * bitsPerSample; bit++)
            {
                var (at, next) = (bit / bitsPerSample, Math.Min((bit / bitsPerSample) + 1, sound.Length - 1));
                var share = bit % bitsPerSample / (double)bitsPerSample;
                var value = (sound.Samples[(at * sound.Channels) + channel] * (1 - share))
                    + (sound.Samples[(next * sound.Channels) + channel] * share);
                var isOne = second >= 0;
                first += value - (isOne ? 1 : -1);
                second += first - (isOne ? 1 : -1);
                if (isOne)
                {
                    var place = (((bit / 8 / blockSize) * sound.Channels) + channel) * blockSize;
                    data[place + (bit / 8 % blockSize)] |= (byte)(1 << (bit % 8));
                }
            }
        }

        var header = new byte[92];
        "DSD "u8.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(4), 28);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(12), header.Length + data.Length);
        "fmt "u8.CopyTo(header.AsSpan(28));
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), 52);
        int[] fields = [1, 0, sound.Channels, sound.Channels, sound.Rate * bitsPerSample, 1];
        for (var i = 0; i < fields.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40 + (i * 4)), fields[i]);

        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(64), (long)sound.Length * bitsPerSample);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(72), blockSize);
        "data"u8.CopyTo(header.AsSpan(80));
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(84), 12 + data.Length);
        return [.. header, .. data];
    }
}
