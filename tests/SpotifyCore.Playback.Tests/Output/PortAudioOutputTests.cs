using System.Runtime.InteropServices;
using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Playback.Tests.Output;

/// <summary>Against a real sound server with a card that makes no noise.</summary>
[Trait("Length", "long")]
[Collection(nameof(PulseServer))]
public sealed class PortAudioOutputTests(PulseServer server) : AudioOutputContract
{
    [Fact]
    public void Devices_OfThisServer_AreListed() =>
        Assert.Contains(
            PortAudioOutput.Devices(), device => device.Value.Contains("default", StringComparison.Ordinal));

    [Fact]
    public void Play_Track_TheCardSoundsEverySample() => AssertOnAnIdleMachine(() =>
    {
        using var recorder = new Recorder(server);
        var options = new PortAudioOptions { Device = "default", BufferMilliseconds = 1_000 };
        using (var output = new PortAudioOutput(options))
        using (var rig = new PlayerRig(output))
        {
            var play = rig.Sound(rig.Take(TestTracks.Short));
            rig.WaitFor<PlayerEvent.Drained>();

            Assert.Equal(70_001, rig.WaitForEnd(play).Samples);
        }

        return recorder.Stop().AsSpan().IndexOf(TestTracks.Short.Pcm) >= 0;
    });

    [Fact]
    public void SetPaused_InTheMiddle_TheCardSoundsTheRestLater() => AssertOnAnIdleMachine(() =>
    {
        using var recorder = new Recorder(server);
        using (var output = new PortAudioOutput(new PortAudioOptions { Device = "default" }))
        {
            var pcm = TestTracks.Short.Pcm.AsSpan();
            output.Write(pcm[..48_000]);
            output.SetPaused(true);
            recorder.WaitForSilence();
            output.SetPaused(false);
            output.Write(pcm[48_000..]);
            output.Drain();
        }

        var heard = recorder.Stop();
        return heard.AsSpan().IndexOf(TestTracks.Short.Pcm) < 0
            && Array.FindAll(TestTracks.Short.Pcm, sample => sample != 0)
                .SequenceEqual(Array.FindAll(heard, sample => sample != 0));
    });

    [Fact]
    public void Write_NothingForAWhile_CountsTheUnderrun()
    {
        using var recorder = new Recorder(server);
        using var output = new PortAudioOutput(new PortAudioOptions { Device = "default" });
        output.Write(TestTracks.Short.Pcm);
        recorder.WaitForSilence();
        output.Write(TestTracks.Short.Pcm);
        output.Drain();

        Assert.InRange(output.Underrun, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(10));
    }

    protected override IAudioOutput Open() => new PortAudioOutput(new PortAudioOptions { Device = "default" });

    // The sound server itself loses samples when the machine leaves it no time: one undisturbed run must be right.
    private static void AssertOnAnIdleMachine(Func<bool> isRight)
    {
        for (var attempt = 0; attempt < 8; attempt++)
        {
            if (isRight())
                return;
        }

        Assert.Fail("the card never sounded what was played");
    }

    /// <summary>Takes in what the card sounds until it is stopped.</summary>
    private sealed class Recorder : IDisposable
    {
        private readonly System.Diagnostics.Process _process;
        private readonly List<float> _heard = [];
        private readonly Thread _reader;

        public Recorder(PulseServer server)
        {
            _process = server.Record();
            _reader = new Thread(Read);
            _reader.Start();
            WaitUntil(heard => heard.Count > 0);
        }

        /// <summary>Waits for sound and then 200 ms of silence.</summary>
        public void WaitForSilence() => WaitUntil(
            heard => heard.Count > 19_200
                && heard.FindLastIndex(sample => sample != 0) is > 0 and var last
                && last < heard.Count - 19_200);

        public float[] Stop()
        {
            // What was played last is here once silence has followed it.
            WaitForSilence();
            _process.Kill();
            _reader.Join();
            return [.. _heard];
        }

        public void Dispose()
        {
            _process.Kill();
            _reader.Join();
            _process.Dispose();
        }

        private void WaitUntil(Predicate<List<float>> holds)
        {
            lock (_heard)
            {
                while (!holds(_heard))
                    Assert.True(Monitor.Wait(_heard, TimeSpan.FromSeconds(30)), "the recorder stands still");
            }
        }

        private void Read()
        {
            var stream = _process.StandardOutput.BaseStream;
            var buffer = new byte[3_840];
            while (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length)
            {
                lock (_heard)
                {
                    _heard.AddRange(MemoryMarshal.Cast<byte, float>(buffer));
                    Monitor.PulseAll(_heard);
                }
            }
        }
    }
}
