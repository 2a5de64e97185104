namespace SpotifyCore.Import.Tests.Sources;

/// <summary>Files whose rate or channels change inside, and chains of files.</summary>
public sealed class ChangingSourceTests(TestMusic music) : IClassFixture<TestMusic>
{
    [Theory]
    [InlineData("same.ogg", 44_100, 2, 0.3f, 44_100, 2, 0.3f)]
    [InlineData("rate.ogg", 44_100, 2, 0.35f, 22_050, 2, 0.05f)]
    [InlineData("mono first.ogg", 44_100, 1, 0.3f, 44_100, 2, 0.3f)]
    [InlineData("mono only.ogg", 44_100, 1, 0.3f, 48_000, 1, 0.2f)]
    [InlineData("chain.opus", 48_000, 2, 0.3f, 48_000, 2, 0.1f)]
    [InlineData("noted.mp3", 44_100, 2, 0.3f, 44_100, 2, 0.3f)]
    [InlineData("rate.mp3", 44_100, 2, 0.3f, 32_000, 2, 0.05f)]
    [InlineData("mono first.mp3", 44_100, 1, 0.3f, 44_100, 2, 0.2f)]
    public async Task Decode_TwoStreamsInARow_GivesBothAndMeasuresAll(
        string name, int rate, int channels, float gain, int otherRate, int otherChannels, float otherGain)
    {
        TestSound[] sounds =
            [TestSound.Make(1, 3, rate, channels, gain), TestSound.Make(2, 3, otherRate, otherChannels, otherGain)];
        var source = music.Write(
            name, [.. Encode(name, sounds[0], 0, []), .. Encode(name, sounds[1], 1, [])]);

        var decoded = await DecodedSound.OfAsync(source);

        var isMono = channels == 1 && otherChannels == 1;
        float[] reference =
            [.. sounds.SelectMany((one, i) => DecodedSound.Reference(music, one, $"{name}{i}", isMono))];
        Assert.Equal(reference.Length / 2, decoded.Length);
        Assert.InRange(decoded.CorrelationWith(reference), 0.99, 1);
        Assert.Equal(isMono ? 1 : 2, decoded.Channels);
        var measured = await DecodedSound.MeasureAsync(music, reference, name);
        Assert.InRange(decoded.Loudness.Integrated, measured.Integrated - 0.3f, measured.Integrated + 0.3f);
        Assert.InRange(decoded.Loudness.TruePeak / measured.TruePeak, 0.85f, 1.15f);
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [InlineData("mono first, no note.mp3", 44_100, 1, 44_100)]
    [InlineData("rate, no note.mp3", 44_100, 2, 32_000)]
    public async Task Decode_FramesThatChange_AreAllThere(string name, int rate, int channels, int otherRate)
    {
        TestSound[] sounds = [TestSound.Make(3, 3, rate, channels), TestSound.Make(4, 3, otherRate)];
        byte[][] streams = [.. sounds.Select((sound, i) => Encode(name, sound, i, ["-t"]))];
        var source = music.Write(name, [.. streams[0], .. streams[1]]);

        var decoded = await DecodedSound.OfAsync(source);

        var reference = streams.Sum((stream) =>
            TestMusic.Decode(music.Write($"one of {name}", stream), "-ac", "2").Length);
        Assert.Equal(reference / 4, decoded.Length);
        Assert.Equal(2, decoded.Channels);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public async Task Decode_ChangeThatFfmpegAloneSees_IsMeasuredAsAWhole()
    {
        TestSound[] sounds = [TestSound.Make(5, 3, channels: 1, gain: 0.5f), TestSound.Make(6, 3, gain: 0.05f)];
        var source = music.Write(
            "changing.aac",
            [.. sounds.SelectMany((sound, i) => TestMusic.Run("ffmpeg",
                ["-v", "error", "-i", Wav(sound, $"aac{i}"), "-c:a", "aac", "-b:a", "192k", "-f", "adts", "-"]))]);

        var decoded = await DecodedSound.OfAsync(source);

        Assert.Equal(2, decoded.Channels);
        var measured = await DecodedSound.MeasureAsync(music, decoded.Samples, "changing");
        Assert.InRange(decoded.Loudness.Integrated, measured.Integrated - 0.1f, measured.Integrated + 0.1f);
        Assert.InRange(decoded.Loudness.TruePeak / measured.TruePeak, 0.98f, 1.02f);
    }

    [Fact]
    public async Task Decode_RateThatChangesInside_IsFollowed()
    {
        TestSound[] sounds = [TestSound.Make(8, 3, 44_100), TestSound.Make(9, 3, 32_000)];
        var source = music.Write(
            "changing rate.aac",
            [.. sounds.SelectMany((sound, i) => TestMusic.Run("ffmpeg",
                ["-v", "error", "-i", Wav(sound, $"rate{i}"), "-c:a", "aac", "-b:a", "192k", "-f", "adts", "-"]))]);

        var decoded = await DecodedSound.OfAsync(source);

        var reference = DecodedSound.ToStereo(TestMusic.Decode(source), 2);
        Assert.Equal(reference.Length / 2, decoded.Length);
        Assert.InRange(decoded.CorrelationWith(reference), 0.9999, 1);
    }

    [Fact]
    public async Task Decode_DamageBetweenFrames_IsNoChange()
    {
        var mp3 = Encode("damaged", TestSound.Make(7, 6), 0, []);
        Array.Fill(mp3, (byte)0xFF, mp3.Length / 2, 3_000);

        var decoded = await DecodedSound.OfAsync(music.Write("damaged.mp3", mp3));

        Assert.InRange(decoded.Length, 48_000 * 5, 48_000 * 6);
    }

    private byte[] Encode(string name, TestSound sound, int number, string[] options)
    {
        var (wav, output) = (Wav(sound, $"{name}{number}"), Path.Combine(music.Folder, $"{name}{number}.part"));
        var serial = $"{100 + number}";
        _ = Path.GetExtension(name) switch
        {
            ".ogg" => TestMusic.Run("oggenc", ["-Q", "-q", "8", "-s", serial, "-o", output, wav]),
            ".opus" => TestMusic.Run("opusenc", ["--quiet", "--bitrate", "192", "--serial", serial, wav, output]),
            _ => TestMusic.Run("lame", ["-S", "-b", "192", .. options, wav, output]),
        };
        return File.ReadAllBytes(output);
    }

    private string Wav(TestSound sound, string name) => music.Write($"{name}.wav", sound.ToWav()).Path;
}
