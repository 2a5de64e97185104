using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerDecodingTests
{
    [Fact]
    public void Start_WholeTrack_SoundsExactlyWhatDecodingAtOnceGives()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);

        var play = rig.Sound(rig.Take(TestTracks.Long));
        var end = rig.WaitForEnd(play);
        rig.WaitFor<PlayerEvent.Drained>();

        Assert.Equal(PlayEnd.Complete, end.End);
        Assert.Equal(TestTracks.Long.Manifest.Samples, end.Samples);
        Assert.Equal(TestTracks.Long.Manifest.Samples, output.Count);
        Assert.Equal(TestTracks.Long.Pcm, output.Samples());
        Assert.DoesNotContain(rig.Events, e => e is PlayerEvent.Stuttered or PlayerEvent.Failed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(959)]
    [InlineData(960)]
    [InlineData(3_841)]
    [InlineData(48_000)]
    public void Start_AnyLength_SoundsThatManySamples(int samples)
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var track = TestTrack.Encode(TestMusic.Piece(samples));

        rig.WaitForEnd(rig.Sound(rig.Take(track)));

        Assert.Equal(samples, output.Count);
        Assert.Equal(track.Pcm, output.Samples());
    }

    [Fact]
    public void Start_MonoTrack_SoundsOnBothSides()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var track = TestTrack.Encode(TestMusic.Piece(50_000, channels: 1), channels: 1, bitsPerSecond: 96_000);

        rig.WaitForEnd(rig.Sound(rig.Take(track)));

        var samples = output.Samples();
        Assert.Equal(50_000, output.Count);
        for (var i = 0; i < samples.Length; i += 2)
            Assert.Equal(samples[i], samples[i + 1]);

        Assert.Contains(samples, sample => Math.Abs(sample) > 0.1f);
    }

    [Fact]
    public void Start_OneChunkAtATime_LosesNothing()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var track = rig.Take(TestTracks.Long, allowed: 1, window: 1);
        rig.Heard = e =>
        {
            if (e is PlayerEvent.Advanced advanced)
                rig.Allow(advanced.Play, advanced.NextChunk + 1);
        };

        rig.WaitForEnd(rig.Sound(track));

        Assert.Equal(TestTracks.Long.Pcm, output.Samples());
    }

    [Fact]
    public void Start_ToWavFile_HasEverySample()
    {
        using var directory = new TempDirectory();
        var path = directory["track.wav"];
        using (var output = new WavFileOutput(path))
        using (var rig = new PlayerRig(output))
        {
            rig.Sound(rig.Take(TestTracks.Long));
            rig.WaitFor<PlayerEvent.Drained>();
        }

        Assert.Equal(44 + (TestTracks.Long.Manifest.Samples * 4), new FileInfo(path).Length);
    }

    [Fact]
    public void Advanced_WholeTrack_TellsEachChunkAndEachSecond()
    {
        using var rig = new PlayerRig(new CaptureOutput());

        var play = rig.Sound(rig.Take(TestTracks.Long));
        rig.WaitForEnd(play);

        var told = rig.Events.OfType<PlayerEvent.Advanced>().ToList();
        var chunks = (int)TestTracks.Long.Manifest.ChunkCount;
        Assert.Equal(Enumerable.Range(1, chunks), told.Select(e => (int)e.NextChunk).Distinct());
        Assert.All(
            told.Zip(told.Skip(1)),
            pair => Assert.InRange(pair.Second.Position - pair.First.Position, 0, AudioFormat.SampleRate + 960));
        Assert.Equal(TestTracks.Long.Manifest.Samples, told[^1].Position);
    }
}
