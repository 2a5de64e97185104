using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// What the access point is told of whether this client plays, and is to play: where an account plays on one device at a
/// time, that takes it from another, or does not. It plays from the first sound until it is paused or nothing is current,
/// whatever comes between two tracks. What a listener wants is told once, by a track that is opened or by the first sound,
/// and tried for as long as it can be said to be of just now. Owned by the core.
/// </summary>
internal sealed class StreamClaim
{
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    private bool _isPlaying;
    private Instant? _wantedAt;
    private PlayId _asked;

    /// <summary>Whether the listener wants no sound.</summary>
    public bool IsPaused { get; set; }

    /// <summary>True while the access point has not answered to what a listener wants.</summary>
    public bool IsAsking => _asked != PlayId.None;

    /// <summary>A listener wants it to play.</summary>
    public void NoteWanted(Instant now) => (_wantedAt, _asked) = (now, PlayId.None);

    /// <summary>What plays next nobody asked for just now, or the access point knows that already.</summary>
    public void NoteUnwanted() => (_wantedAt, _asked) = (null, PlayId.None);

    /// <summary>Whether a listener wants it just now, and the access point does not know yet.</summary>
    public bool IsWanted(Instant now) => _wantedAt is { } at && now - at < JustNow;

    /// <summary>Why a play's track is to be opened.</summary>
    public OpenReason Ask(PlayId play, bool isCurrent, Instant now)
    {
        if (IsPaused)
            return OpenReason.Paused;
        if (!isCurrent || IsAsking || !IsWanted(now))
            return OpenReason.GoesOn;

        return AskClick(play);
    }

    /// <summary>Why a click's track is to be opened, though what plays is paused.</summary>
    public OpenReason AskClick(PlayId play)
    {
        _asked = play;
        return OpenReason.Wanted;
    }

    /// <summary>A play's track was opened, or an advert is to be heard before.</summary>
    /// <param name="play">The play.</param>
    /// <param name="isTaken">Whether this device has the account's stream by that.</param>
    public void NoteOpened(PlayId play, bool isTaken)
    {
        if (play != _asked)
            return;

        if (isTaken)
            NoteUnwanted();
        else
            _asked = PlayId.None;
    }

    /// <summary>A play's track was not opened: it may be tried again, unless it was said that another device plays.</summary>
    public void NoteFailed(PlayId play, DeliveryFailure failure) => NoteOpened(play, failure == DeliveryFailure.PlaysElsewhere);

    /// <summary>Tells what has changed.</summary>
    /// <param name="hasStarted">Whether the current play has sounded; null where nothing is current.</param>
    /// <param name="now">The time.</param>
    /// <param name="actions">What is to be done.</param>
    public void Tell(bool? hasStarted, Instant now, ActionBuffer actions)
    {
        var isPlaying = hasStarted is { } sounds && !IsPaused && (_isPlaying || sounds);
        if (isPlaying != _isPlaying)
            actions.Add(new TellPlaying(isPlaying, isPlaying && !IsWanted(now)));

        _isPlaying = isPlaying;

        // What sounds is no more to come; but of a click that is opened the access point has yet to be told.
        if (isPlaying && hasStarted == true && !IsAsking)
            NoteUnwanted();
    }
}
