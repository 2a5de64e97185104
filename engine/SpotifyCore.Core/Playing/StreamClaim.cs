using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Playing;

/// <summary>
/// What the access point was told of whether this client plays. It plays from the first sound until it is paused or
/// nothing is current, whatever comes between two tracks. Owned by the core.
/// </summary>
internal sealed class StreamClaim
{
    private bool _isPlaying;
    private bool _isRestored;

    /// <summary>What plays next was restored: nobody asked for it just now.</summary>
    public void NoteRestored() => _isRestored = true;

    /// <summary>A listener wants it to play.</summary>
    public void NoteWanted() => _isRestored = false;

    /// <summary>Tells what has changed.</summary>
    public void Tell(TrackPlay? current, bool isPaused, ActionBuffer actions)
    {
        var isPlaying = current is not null && !isPaused && (_isPlaying || current.Start is not null);
        if (isPlaying == _isPlaying)
            return;

        _isPlaying = isPlaying;
        actions.Add(new TellPlaying(isPlaying, isPlaying && _isRestored));
    }
}
