using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// Turns what the player reports into events and into what comes next. A report of a play that was begun anew since,
/// which its timestamp tells, is of no interest. Everything on the loop.
/// </summary>
internal sealed class PlayWatch(PlaySequence plays, CoreDriver driver, ShellGround ground) : IPlayObserver
{
    /// <summary>Called when the player has come further; set once.</summary>
    public Action Changed { private get; set; } = static () => { };

    /// <inheritdoc/>
    public void Advanced(PlayId play, long position)
    {
        if (plays.Current is not { Playable: { } playable } current)
            return;

        if (current.Id == play)
            current.Advance(position);

        driver.Raise(ClientEvent.PlaybackAdvanced(current.Id, playable.Feed.Next, current.Position));
        Changed();
    }

    /// <inheritdoc/>
    public void Sounding(PlayId play, long timestamp)
    {
        plays.NoteSounding();
        if (plays.Journal.Find(play) is not { } sounding || timestamp < sounding.Since)
            return;

        sounding.Start = ground.Time.GetElapsedTime(sounding.Since, timestamp);
        sounding.Succeed();
    }

    /// <inheritdoc/>
    public void Stuttered(PlayId play, TimeSpan length)
    {
        if (plays.Journal.Find(play) is not { } stuttering)
            return;

        stuttering.Stutters++;
        ClientLog.Stuttered(ground.Logger, stuttering.Track.Id, length, driver.Status.Buffered);
    }

    /// <inheritdoc/>
    public void SilenceChanged(PlayId play, bool isSilent)
    {
        if (plays.Find(play) is { } sounding)
            sounding.IsSilent = isSilent;
    }

    /// <inheritdoc/>
    public void Ended(PlayId play, long samples, bool complete, long timestamp)
    {
        if (plays.Journal.Find(play) is not { } ended || timestamp < ended.Since)
            return;

        (ended.Samples, ended.Ended) = (samples, complete);
        if (!complete || ended != plays.Current)
            return;

        var manifest = ended.Playable!.Manifest;
        driver.Raise(ClientEvent.PlaybackAdvanced(play, manifest.ChunkCount, manifest.Samples));
        plays.GoOn(timestamp);
        Changed();
    }

    /// <inheritdoc/>
    public void Failed(PlayId play, string reason, bool outputIsGone)
    {
        if (outputIsGone)
            plays.StopForGood(reason);
        else if (plays.Next?.Id == play)
            plays.DropNext(reason, coreKnows: false);
        else if (plays.Current?.Id == play)
            plays.GoOnAfterFailure(reason);
    }

    /// <inheritdoc/>
    public void Drained() => plays.NoteHeard();
}
