using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerAllocationTests
{
    [Fact]
    public void SteadyState_ChunkToPcm_DoesNotAllocate()
    {
        // The first plays warm the code up; and a collection meanwhile makes the thread's count jump.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            var listener = Play();
            Assert.InRange(listener.Chunks, 15, 30);
            least = Math.Min(least, listener.Allocated);
        }

        Assert.Equal(0, least);
    }

    private static Accountant Play()
    {
        using var output = new FastNullOutput();
        var listener = new Accountant(TestTracks.Long);
        using var player = new Player(output, new PlayerOptions(), listener, TimeProvider.System);

        player.Start(listener.Play);
        player.BeginSounding(listener.Play.Play);
        Assert.True(listener.Over.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(TestTracks.Long.Manifest.Samples, output.Samples);
        return listener;
    }

    /// <summary>
    /// Looks, on the player's own thread, at what it has allocated from one second into the track to its last
    /// chunk.
    /// </summary>
    private sealed class Accountant : IPlayerListener
    {
        private readonly TestTrack _track;
        private long _start = -1;
        private uint _lastChunk;

        public Accountant(TestTrack track)
        {
            _track = track;
            Play = new PlayableTrack(
                new PlayId(1), track.Manifest, TestTrack.Key, LoudnessLevel.None, new ChunkFeed(track.Manifest, 4));
            Offer(0);
        }

        public PlayableTrack Play { get; }

        public ManualResetEventSlim Over { get; } = new();

        public long Allocated { get; private set; }

        public int Chunks { get; private set; }

        public void Advanced(PlayId play, int epoch, uint nextChunk, long position)
        {
            Offer(nextChunk);
            if (position < AudioFormat.SampleRate || nextChunk == _track.Manifest.ChunkCount)
                return;

            var total = GC.GetAllocatedBytesForCurrentThread();
            if (_start < 0)
                _start = total;

            Allocated = total - _start;
            Chunks += nextChunk > _lastChunk ? 1 : 0;
            _lastChunk = nextChunk;
        }

        public void Sounding(PlayId play, long timestamp)
        {
        }

        public void Stuttered(PlayId play, TimeSpan length)
        {
        }

        public void SilenceChanged(PlayId play, bool isSilent)
        {
        }

        public void Ended(PlayId play, long samples, PlayEnd end, long timestamp) => Over.Set();

        public void Failed(PlayId play, PlayFailure failure, string reason, long timestamp) => Over.Set();

        public void Drained()
        {
        }

        private void Offer(uint next)
        {
            for (var index = next; index < next + 4 && index < _track.Manifest.ChunkCount; index++)
                Play.Feed.Offer(index, _track.Chunk(index));
        }
    }
}
