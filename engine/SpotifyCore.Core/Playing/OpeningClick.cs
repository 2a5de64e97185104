using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Playing;

/// <summary>The click whose track is being opened while something else plays, if there is one.</summary>
internal sealed class OpeningClick
{
    /// <summary>It; null when there is none.</summary>
    public PendingClick? Pending { get; private set; }

    /// <summary>Has a click's track opened, in place of the one before.</summary>
    /// <param name="click">The click.</param>
    /// <param name="opening">How its track is opened.</param>
    /// <param name="actions">What is to be done.</param>
    public void Wait(PendingClick click, in OpenTrack opening, ActionBuffer actions)
    {
        CallOff(DeliveryFailure.Replaced, actions);
        Pending = click;
        actions.Add(opening);
    }

    /// <summary>It begins.</summary>
    public void End() => Pending = null;

    /// <summary>What is being opened, if anything is, is not to play.</summary>
    public void CallOff(DeliveryFailure reason, ActionBuffer actions)
    {
        if (Pending is not { } click)
            return;

        Pending = null;
        actions.Add(new ClosePlay(click.Play, click.First, new PlayStatistics(), reason));
    }
}
