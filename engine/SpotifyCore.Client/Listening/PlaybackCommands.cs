using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Playing;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Client.Listening;

/// <summary>What a listener does that takes more than an event. Everything on the loop.</summary>
internal sealed class PlaybackCommands(ClientRuntime runtime, PlayerAdapter player, TrackDescriptions descriptions)
{
    /// <summary>
    /// Plays tracks in place of the queue; what plays goes on until the first of them is open. Completes when that
    /// sounds; faults with <see cref="PlaybackException"/> when it never will.
    /// </summary>
    /// <exception cref="PlaybackException">The queue does not take them.</exception>
    public Task<TrackPlay> PlayAsync(IReadOnlyList<TrackInfo> tracks, Instant clickedAt, ulong seed)
    {
        CheckRoom(tracks.Count <= PlayQueue.Limit);
        descriptions.Learn(tracks);
        runtime.Raise(new TracksChosen(IdsOf(tracks), seed, clickedAt));
        return player.WhenSoundingAsync(runtime.Playback.LatestClick);
    }

    /// <summary>Puts tracks into the queue: at its end, or where they play next.</summary>
    /// <exception cref="PlaybackException">The queue is full.</exception>
    public void Enqueue(IReadOnlyList<TrackInfo> tracks, Instant clickedAt, bool isNext)
    {
        CheckRoom(runtime.Playback.Queue.HasRoomFor(tracks.Count));
        descriptions.Learn(tracks);
        if (isNext)
            runtime.Raise(new TracksInserted(IdsOf(tracks), clickedAt));
        else
            runtime.Raise(new TracksAppended(IdsOf(tracks), clickedAt));
    }

    /// <summary>Goes to a place in the track that plays.</summary>
    public void Seek(TimeSpan position)
    {
        if (runtime.Playback.Current is { } play)
            runtime.Raise(new SeekRequested(play.Id, (long)(position.TotalSeconds * AudioFormat.SampleRate)));
    }

    /// <summary>Tells the core what the listener does, and says what was asked of the queue before that.</summary>
    public T Raise<TEvent, T>(in TEvent occurred, Func<PlayQueue, T> before)
        where TEvent : struct, IClientEvent
    {
        var answer = before(runtime.Playback.Queue);
        runtime.Raise(occurred);
        return answer;
    }

    private static void CheckRoom(bool hasRoom)
    {
        if (!hasRoom)
            throw new PlaybackException($"The queue takes no more than {PlayQueue.Limit} tracks.");
    }

    private static TrackId[] IdsOf(IReadOnlyList<TrackInfo> tracks) => [.. tracks.Select(static track => track.Id)];
}
