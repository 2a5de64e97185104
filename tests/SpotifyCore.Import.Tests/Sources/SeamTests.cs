using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Tests.Sources;

/// <summary>Tracks of an album that were cut from one recording, and play without a pause between them.</summary>
public sealed class SeamTests(TestMusic music) : IClassFixture<TestMusic>
{
    // CDs are cut at sectors of 588 samples, which are 640 of 48 kHz.
    private const int Sector = 588;
    private const int ResampledSector = 640;
    private const int Near = 2 * 36;

    // 2.5 ms, in which a click would be heard.
    private const int Click = 120;
    private const int Cuts = 4;

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Decode_TwoHalvesOfARecording_JoinAsItWas(int channels, bool isFloat)
    {
        double error = 0, plainError = 0, power = 0;
        for (var seed = 1; seed <= Cuts; seed++)
        {
            var sound = TestSound.Make(seed, 2, 44_100, channels, noise: 0.0002);
            var sectors = 60 + (13 * seed);
            TestSound[] pieces = [sound, sound.Cut(0, sectors * Sector), sound.Cut(sectors * Sector, sound.Length)];
            List<(float[] Ours, float[] Plain)> decoded = [];
            foreach (var piece in pieces)
            {
                var source = music.Write(
                    $"{channels} {isFloat} {seed} {decoded.Count}.wav", isFloat ? piece.ToFloatWav() : piece.ToWav());
                var plain = DecodedSound.ToStereo(TestMusic.Decode(source), channels);
                decoded.Add(((await DecodedSound.OfAsync(source)).Samples, plain));
            }

            var (whole, joined) = (decoded[0].Ours, Join(decoded[1].Ours, decoded[2].Ours));
            var (from, to) = ((sectors * ResampledSector * 2) - Near, (sectors * ResampledSector * 2) + Near);
            Assert.Equal(whole.Length, joined.Length);
            Assert.Equal(whole[..from], joined[..from]);
            Assert.Equal(whole[to..], joined[to..]);
            error += Power(whole[from..to], joined[from..to]);
            plainError += Power(decoded[0].Plain[from..to], Join(decoded[1].Plain, decoded[2].Plain)[from..to]);
            power += Power(whole[from..to], new float[to - from]);
        }

        // Noise can't be predicted, and is 40 dB louder in most tests.
        Assert.InRange(10 * Math.Log10(error / power), -120, -60);
        Assert.InRange(10 * Math.Log10(plainError / error), 20, 60);
    }

    [Fact]
    public async Task Encode_TwoHalvesOfARecording_PlayWithoutAClick()
    {
        double joinedError = 0, wholeError = 0;
        for (var seed = 1; seed <= Cuts; seed++)
        {
            var sound = TestSound.Make(seed, 2);
            var sectors = 60 + (13 * seed);
            TestSound[] pieces = [sound, sound.Cut(0, sectors * Sector), sound.Cut(sectors * Sector, sound.Length)];
            List<SourceFile> sources = [.. pieces.Select((piece, i) => music.Write($"{seed} {i}.wav", piece.ToWav()))];

            var recording = (await DecodedSound.OfAsync(sources[0])).Samples;
            var whole = await PlayAsync(sources[0]);
            var joined = Join(await PlayAsync(sources[1]), await PlayAsync(sources[2]));
            Assert.Equal(recording.Length, joined.Length);
            var (from, to) = (
                ((sectors * ResampledSector) - Click) * 2, ((sectors * ResampledSector) + Click) * 2);
            joinedError += Power(recording[from..to], joined[from..to]);
            wholeError += Power(recording[from..to], whole[from..to]);
        }

        Assert.InRange(Math.Sqrt(joinedError / wholeError), 0.5, 1.25);
    }

    private static async Task<float[]> PlayAsync(SourceFile source)
    {
        using var scratch = new Scratch();
        var facts = await SourceProbe.ReadAsync(source, default);
        using var decoded = await SourceDecoder.DecodeAsync(new(source), facts, scratch, default);
        var codec = OpusCodecs.Select(OpusCodecChoice.Auto);
        using var file = new TrackEncoder(codec, scratch).Encode(decoded.Pcm, 160_000, new(source), default);
        var bytes = new byte[file.Content.Length];
        file.Content.Position = 0;
        file.Content.ReadExactly(bytes);

        using var opus = codec.CreateDecoder(decoded.Pcm.Channels);
        var (track, heard) = (new OpusTrackDecoder(opus), new List<float>());
        for (var waiting = bytes.AsMemory(); !waiting.IsEmpty;)
        {
            waiting = waiting[track.Push(waiting.Span)..];
            while (track.TryRead(out var samples))
                heard.AddRange(samples);
        }

        return [.. heard];
    }

    private static float[] Join(float[] first, float[] second) => [.. first, .. second];

    private static double Power(float[] one, float[] other) =>
        one.Zip(other, static (a, b) => Math.Pow(a - b, 2)).Sum();
}
