using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Playing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// Those who wait for a click to sound, and those who wait until nothing plays any more. Owned by the loop.
/// </summary>
internal sealed class PlaybackWaiters
{
    private readonly Dictionary<PlayId, TaskCompletionSource<ClickOutcome>> _clicks = [];
    private readonly List<TaskCompletionSource> _stops = [];

    /// <summary>Completes when a play sounds, or when it is clear that it never will.</summary>
    public Task<ClickOutcome> WhenSoundingAsync(PlayId play)
    {
        var sounding = new TaskCompletionSource<ClickOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _clicks.Add(play, sounding);
        return sounding.Task;
    }

    /// <summary>Who waits for a play to sound, who does so no more; null where nobody does.</summary>
    public TaskCompletionSource<ClickOutcome>? Take(PlayId play) =>
        _clicks.Remove(play, out var sounding) ? sounding : null;

    /// <summary>Has who was taken wait for a play to sound.</summary>
    public void Put(PlayId play, TaskCompletionSource<ClickOutcome> sounding) => _clicks.Add(play, sounding);

    /// <summary>Has who waits for a play to sound, if anybody does, wait for another.</summary>
    public void Move(PlayId from, PlayId to)
    {
        if (Take(from) is { } sounding)
            Put(to, sounding);
    }

    /// <summary>Completes when all is told to have stopped.</summary>
    public Task WhenStoppedAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stops.Add(stopped);
        return stopped.Task;
    }

    /// <summary>It sounds.</summary>
    public void Sounds(TrackPlay play)
    {
        if (_clicks.Remove(play.Id, out var sounding))
            sounding.TrySetResult(new ClickOutcome(play, ""));
    }

    /// <summary>It never will.</summary>
    public void Failed(PlayId play, string reason, bool needsLogin = false)
    {
        if (_clicks.Remove(play, out var sounding))
            sounding.TrySetResult(new ClickOutcome(null, reason) { NeedsLogin = needsLogin });
    }

    /// <summary>Nothing plays any more.</summary>
    public void Stopped()
    {
        foreach (var stopped in _stops)
            stopped.TrySetResult();

        _stops.Clear();
    }
}
