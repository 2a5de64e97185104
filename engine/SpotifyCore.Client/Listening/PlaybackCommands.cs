using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Client.Listening;

/// <summary>What a listener does that takes more than an event. Everything on the loop.</summary>
internal sealed class PlaybackCommands(ClientRuntime runtime, PlayerAdapter player, TrackDescriptions descriptions)
{
    /// <summary>Why tracks are not taken when there is no room for them.</summary>
    public static readonly string QueueIsFull = $"The queue takes no more than {PlayQueue.Limit} tracks.";

    /// <summary>
    /// Plays tracks in place of the queue; what plays goes on until the first of them is open. Completes when that
    /// sounds, or when it is clear that it never will; at once when the queue does not take so many.
    /// </summary>
    public Task<ClickOutcome> PlayAsync(IReadOnlyList<TrackInfo> tracks, Instant clickedAt, ulong seed)
    {
        if (tracks.Count > PlayQueue.Limit)
            return Task.FromResult(new ClickOutcome(null, QueueIsFull));
        if (WhyWait() is { } advert)
            return Task.FromResult(new ClickOutcome(null, advert));

        descriptions.Learn(tracks);
        runtime.Raise(new TracksChosen(IdsOf(tracks), seed, clickedAt));
        return player.WhenSoundingAsync(runtime.Playback.LatestClick);
    }

    /// <summary>True while something plays or is paused.</summary>
    public bool IsPlaying => runtime.Playback.Current is not null;

    /// <summary>As <see cref="PlayAsync"/>, for what another of the account's devices plays.</summary>
    /// <param name="snapshot">How it stands there.</param>
    /// <param name="known">What is known of its tracks.</param>
    /// <param name="clickedAt">When the listener wanted it here.</param>
    public Task<ClickOutcome> TakeOverAsync(
        PlaybackSnapshot snapshot, IReadOnlyList<TrackInfo> known, Instant clickedAt)
    {
        if (WhyWait() is { } advert)
            return Task.FromResult(new ClickOutcome(null, advert));

        descriptions.Learn(known);
        runtime.Raise(new PlaybackTakenOver(snapshot, clickedAt));
        return player.WhenSoundingAsync(runtime.Playback.LatestClick);
    }

    /// <summary>Puts tracks into the queue, at its end or where they play next; false when it is full.</summary>
    public bool TryEnqueue(IReadOnlyList<TrackInfo> tracks, Instant clickedAt, bool isNext)
    {
        if (!runtime.Playback.Queue.HasRoomFor(tracks.Count))
            return false;

        descriptions.Learn(tracks);
        if (isNext)
            runtime.Raise(new TracksInserted(IdsOf(tracks), clickedAt));
        else
            runtime.Raise(new TracksAppended(IdsOf(tracks), clickedAt));

        return true;
    }

    /// <summary>Goes to a place in the track that plays.</summary>
    /// <returns>Why not, in a sentence; empty when it does.</returns>
    public string Seek(TimeSpan position)
    {
        if (WhyWait() is { } advert)
            return advert;
        if (runtime.Playback.Current is { } play)
            runtime.Raise(new SeekRequested(play.Id, (long)(position.TotalSeconds * AudioFormat.SampleRate)));

        return "";
    }

    /// <summary>Tells the core that a listener goes to another track.</summary>
    /// <returns>Why not, in a sentence; empty when it does.</returns>
    public string Go<TEvent>(in TEvent elsewhere)
        where TEvent : struct, IClientEvent
    {
        if (WhyWait() is { } advert)
            return advert;

        runtime.Raise(elsewhere);
        return "";
    }

    /// <summary>Whether the queue has an entry.</summary>
    public bool IsQueued(long entry) => runtime.Playback.Queue.Contains(entry);

    /// <summary>Tells the core what the listener does, and says what was asked of the queue before that.</summary>
    public T Raise<TEvent, T>(in TEvent occurred, Func<PlayQueue, T> before)
        where TEvent : struct, IClientEvent
    {
        var answer = before(runtime.Playback.Queue);
        runtime.Raise(occurred);
        return answer;
    }

    // An advert is heard to its end.
    private string? WhyWait()
    {
        if (runtime.Playback.Current is not { Advert: not null } advert)
            return null;

        var left = descriptions.Of(advert.Sound).Duration - AudioFormat.DurationOf(advert.PositionAt(runtime.Now));
        return $"An advert plays, which can't be skipped: {Math.Max(1, Math.Ceiling(left.TotalSeconds)):F0} s are left.";
    }

    private static TrackId[] IdsOf(IReadOnlyList<TrackInfo> tracks) => [.. tracks.Select(static track => track.Id)];
}
