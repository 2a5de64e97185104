using SpotifyCore.Codec.Flac;
using SpotifyCore.Codec.Tests.Foreign;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Flac;

/// <summary>What the format's own program wrote comes out as it went in, and damage does not come out at all.</summary>
public sealed class FlacDecoderTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string, int, int, string> Streams { get; } = new()
    {
        { "music", 2, 16, "-0" }, { "music", 2, 16, "-5" }, { "music", 2, 16, "-8 -e -p" }, { "music", 1, 16, "-8" },
        { "music", 2, 16, "-3 -b 192" }, { "music", 2, 16, "--lax -b 20000 -l 32 -r 8" }, { "music", 2, 8, "-5" },
        { "music", 2, 24, "-8" }, { "music", 1, 24, "-2" }, { "wide", 2, 16, "-8" }, { "noise", 2, 16, "-8" },
        { "noise", 2, 24, "-5" }, { "silence", 2, 16, "-5" }, { "wasted", 2, 16, "-5" }, { "extremes", 2, 16, "-8" },
        { "extremes", 2, 24, "-8" }, { "short", 2, 16, "-5" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void ReadFrame_ToTheEnd_GivesWhatWasEncoded(string kind, int channels, int bits, string options)
    {
        var samples = Make(kind, channels, bits);

        var (frames, info) = Open(Encode(samples, channels, bits, options));

        Assert.Equal((44_100, channels, bits), (info.Rate, info.Channels, info.BitsPerSample));
        Assert.Equal(samples.Length / channels, info.Samples);
        Assert.Equal(samples, Decode(frames, info));
    }

    [Fact]
    public void ReadFrame_AnyByteDamaged_SaysSo()
    {
        var (frames, info) = Open(Encode(Make("music", 2, 16), 2, 16, "-5"));
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var damaged = frames.ToArray();
            damaged[random.Next(frames.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<InvalidDataException>(() => Decode(damaged, info));
        }
    }

    [Fact]
    public void ReadFrame_NoFlac_SaysSo()
    {
        var (frames, info) = Open(Encode(Make("music", 2, 16), 2, 16, "-5"));
        var random = new Random(2);
        foreach (var length in (int[])[1, 5, 16, 100, 5_000])
        {
            Assert.Throws<InvalidDataException>(() => Decode(frames[..length], info));
            for (var i = 0; i < 100; i++)
            {
                // Behind a frame's first bytes, so that more than the search for them is tried.
                var nonsense = frames[..5_000];
                random.NextBytes(nonsense.AsSpan(random.Next(4, 12)));
                Assert.Throws<InvalidDataException>(() => Decode(nonsense, info));
            }
        }
    }

    [Fact]
    public void ReadFrame_FrameOfAnotherForm_SaysSo()
    {
        var (frames, info) = Open(Encode(Make("music", 2, 16), 2, 16, "-5"));

        Assert.Throws<InvalidDataException>(() => Decode(frames, info with { Rate = 48_000 }));
        Assert.Throws<InvalidDataException>(() => Decode(frames, info with { Channels = 1 }));
        Assert.Throws<InvalidDataException>(() => Decode(frames, info with { BitsPerSample = 24 }));
        Assert.Throws<InvalidDataException>(() => Decode(frames, info with { LongestBlock = 1_024 }));
    }

    [Fact]
    public void ReadFrame_DoesNotAllocate()
    {
        var (frames, info) = Open(Encode(Make("music", 2, 16), 2, 16, "-8 -b 192"));
        byte[] many = [.. Enumerable.Repeat(frames, 30).SelectMany(static one => one)];
        using var file = new MemoryStream(many);
        var decoder = new FlacDecoder(file, many.Length, info);

        AllocationAssert.None(decoder, static decoder => decoder.ReadFrame());
        Assert.InRange(decoder.ReadFrame(), 1, 192);
    }

    [Theory]
    [InlineData(3, 16)]
    [InlineData(2, 32)]
    public void Supports_OtherForms_Not(int channels, int bits) => Assert.False(
        FlacDecoder.Supports(new FlacStreamInfo(44_100, channels, bits) { LongestBlock = 4_096 }));

    private static int[] Make(string kind, int channels, int bits)
    {
        var (random, height) = (new Random(7), 1 << (bits - 1));
        var length = kind == "short" ? 7 : 44_100;
        var music = TestPcm.Music(length, channels);
        return
        [
            .. Enumerable.Range(0, length * channels).Select(i => kind switch
            {
                "silence" => 0,
                "noise" => random.Next(-height, height),
                "wasted" => music[i] & ~15,
                "extremes" => random.Next(2) == 0 ? -height : height - 1,
                "wide" => i % 2 == 0 ? music[i] : -music[i - 1],
                _ => bits >= 16 ? (music[i] << (bits - 16)) + random.Next(1 << (bits - 16)) : music[i] >> (16 - bits),
            }),
        ];
    }

    private byte[] Encode(int[] samples, int channels, int bits, string options)
    {
        var raw = new List<byte>();
        foreach (var sample in samples)
            raw.AddRange(BitConverter.GetBytes(sample).AsSpan(0, bits / 8));

        var path = _directory["sound.raw"];
        File.WriteAllBytes(path, [.. raw]);
        Tool.Run(
            "flac",
            [
                "-s", "-f", .. options.Split(' '), "--force-raw-format", "--endian=little", "--sign=signed",
                $"--channels={channels}", $"--bps={bits}", "--sample-rate=44100", "-o", _directory["sound.flac"], path,
            ]);
        return File.ReadAllBytes(_directory["sound.flac"]);
    }

    // The frames come behind the last block of metadata.
    private static (byte[] Frames, FlacStreamInfo Info) Open(byte[] file)
    {
        Assert.True(FlacStreamInfo.TryRead(file.AsSpan(8), out var info));
        var at = 4;
        while (true)
        {
            var isLast = file[at] >= 0x80;
            at += 4 + ((file[at + 1] << 16) | (file[at + 2] << 8) | file[at + 3]);
            if (isLast)
                return (file[at..], info);
        }
    }

    private static int[] Decode(byte[] frames, FlacStreamInfo info)
    {
        using var file = new MemoryStream(frames);
        var decoder = new FlacDecoder(file, frames.Length, info);
        var samples = new List<int>();
        while (decoder.ReadFrame() is > 0 and var count)
        {
            for (var i = 0; i < count; i++)
            {
                for (var channel = 0; channel < info.Channels; channel++)
                    samples.Add(decoder.SamplesOf(channel)[i]);
            }
        }

        return [.. samples];
    }
}
