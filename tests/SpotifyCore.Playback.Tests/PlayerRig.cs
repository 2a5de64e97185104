using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Loudness;
using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests;

/// <summary>
/// A player with an output, a listener that remembers, and a producer that fills the feeds: at once as far as each
/// play's allowance goes, and again whenever the player moves on.
/// </summary>
internal sealed class PlayerRig : IPlayerListener, IDisposable
{
    private readonly object _gate = new();
    private readonly List<PlayerEvent> _events = [];
    private readonly Dictionary<PlayId, (TestTrack Track, ChunkFeed Feed, uint Allowed)> _plays = [];
    private long _lastPlay;

    public PlayerRig(IAudioOutput output, PlayerOptions? options = null, TimeProvider? time = null) =>
        Player = new Player(
            output, options ?? new PlayerOptions { Loudness = LoudnessMode.Off }, this, time ?? TimeProvider.System);

    public Player Player { get; }

    /// <summary>Called on the player's thread with each event, after it is remembered.</summary>
    public Action<PlayerEvent>? Heard { get; set; }

    public List<PlayerEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>Makes a play of a track, of which the first <paramref name="allowed"/> chunks can be had.</summary>
    public PlayableTrack Take(
        TestTrack track,
        uint allowed = uint.MaxValue,
        LoudnessLevel? album = null,
        int window = ChunkFeed.DefaultWindow)
    {
        var feed = new ChunkFeed(track.Manifest, window);
        var play = new PlayId(++_lastPlay);
        lock (_gate)
            _plays.Add(play, (track, feed, allowed));

        Fill(play);
        return new PlayableTrack(play, track.Manifest, TestTrack.Key, album ?? LoudnessLevel.None, feed);
    }

    /// <summary>Starts a track and lets it sound.</summary>
    public PlayId Sound(PlayableTrack track)
    {
        Player.Start(track);
        Player.BeginSounding(track.Play);
        return track.Play;
    }

    public void Allow(PlayId play, uint allowed)
    {
        lock (_gate)
            _plays[play] = _plays[play] with { Allowed = allowed };

        Fill(play);
    }

    public T WaitFor<T>(Func<T, bool>? matches = null)
        where T : PlayerEvent
    {
        lock (_gate)
        {
            while (true)
            {
                if (_events.OfType<T>().FirstOrDefault(e => matches is null || matches(e)) is { } found)
                    return found;

                if (!Monitor.Wait(_gate, TimeSpan.FromSeconds(30)))
                {
                    var others = string.Join(", ", _events.Where(e => e is not PlayerEvent.Advanced));
                    Assert.Fail($"no such {typeof(T).Name} among {others}");
                }
            }
        }
    }

    /// <summary>
    /// Waits until the player's thread has obeyed what was posted and knows of the block that it was handing over: it
    /// obeys in order, after the block under way, so a next track that is taken back is a fence. What the output was
    /// given may be there before the player has looked at the clock; a test moves the clock only behind this.
    /// </summary>
    public void Settle()
    {
        var fence = Take(TestTracks.Short, allowed: 0);
        Player.SetNext(fence);
        Player.TakeBack(fence.Play);
        WaitForEnd(fence.Play);
    }

    /// <summary>Moves the clock on, second by second, until the player says that all is heard.</summary>
    public Task AdvanceUntilDrainedAsync(ManualTimeProvider clock) =>
        clock.AdvanceUntilAsync(Task.Run(() => WaitFor<PlayerEvent.Drained>()));

    /// <summary>Waits for the end of a play that nothing disturbs.</summary>
    public PlayerEvent.Ended WaitForEnd(PlayId play) => WaitFor<PlayerEvent.Ended>(e => e.Play == play);

    public void Sounding(PlayId play, long timestamp) => Remember(new PlayerEvent.Sounding(play, timestamp));

    public void Advanced(PlayId play, int epoch, uint nextChunk, long position)
    {
        Fill(play);
        Remember(new PlayerEvent.Advanced(play, epoch, nextChunk, position));
    }

    public void Stuttered(PlayId play, TimeSpan length) => Remember(new PlayerEvent.Stuttered(play, length));

    public void SilenceChanged(PlayId play, bool isSilent) =>
        Remember(new PlayerEvent.SilenceChanged(play, isSilent));

    public void Ended(PlayId play, long samples, PlayEnd end, long timestamp) =>
        Remember(new PlayerEvent.Ended(play, samples, end, timestamp));

    public void Failed(PlayId play, PlayFailure failure, string reason, long timestamp) =>
        Remember(new PlayerEvent.Failed(play, failure, reason));

    public void Drained() => Remember(new PlayerEvent.Drained());

    public void Dispose() => Player.Dispose();

    private void Fill(PlayId play)
    {
        lock (_gate)
        {
            var (track, feed, allowed) = _plays[play];
            var end = Math.Min(allowed, track.Manifest.ChunkCount);
            for (var index = feed.Next; index < end && index - feed.Next < feed.Window; index++)
                feed.Offer(index, track.Chunk(index));
        }
    }

    private void Remember(PlayerEvent occurred)
    {
        lock (_gate)
        {
            _events.Add(occurred);
            Monitor.PulseAll(_gate);
        }

        Heard?.Invoke(occurred);
    }
}
