using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Access;

/// <summary>
/// The access point as the core sees it. Called on the loop; asks off it, and comes back as work.
/// </summary>
/// <param name="tracks">Opens tracks and finds peers.</param>
/// <param name="notices">What needs no answer.</param>
/// <param name="player">Takes what the player needs of an opened track.</param>
/// <param name="context">The loop.</param>
/// <param name="runtime">Takes the answers.</param>
internal sealed class AccessPointAdapter(
    TrackFinder tracks, AccessPointNotices notices, PlayerAdapter player, LoopContext context, ClientRuntime runtime)
    : IAccessPoint
{
    private UnderstoodAdvert? _due;

    /// <inheritdoc/>
    public void Open(in OpenTrack opening)
    {
        var (play, track) = opening;
        if (opening.IsAdvert)
        {
            // It came with the answer that it is due.
            var answer = new OpenAnswer(
                _due?.Sound.Track.Id == track ? _due.Sound : null, new OpenRefusal(DeliveryFailure.UnknownTrack));
            context.Loop.Post(new ActionWorkItem(() => Answer(play, answer)));
            return;
        }

        var asked = opening;
        context.Background.Run(() => tracks.OpenAsync(asked, answer => context.Loop.Post(new ActionWorkItem(
            () => Answer(play, answer)))));
    }

    /// <inheritdoc/>
    public void CheckHeld(in CheckHeld check)
    {
        var track = check.Track;
        context.Background.Run(() =>
        {
            context.Loop.Post(runtime, new HeldChecked(track, tracks.IsHeld(track)));
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc/>
    public void FindPeers(in FindPeers find)
    {
        var file = find.File;
        context.Background.Run(async () =>
            context.Loop.Post(runtime, new PeersFound(file, await tracks.FindPeersAsync(file))));
    }

    /// <inheritdoc/>
    public void AnnounceHeld(in AnnounceHeld held) => notices.AnnounceHeld(held);

    /// <inheritdoc/>
    public void AskReverse(in AskReverse ask) => notices.AskReverse(ask);

    /// <inheritdoc/>
    public void TellPlaying(in TellPlaying playing) => notices.TellPlaying(playing);

    /// <inheritdoc/>
    public void Report(in ReportPeer report) => notices.Report(report);

    private void Answer(PlayId play, in OpenAnswer answer)
    {
        if (answer.Track is { } opened)
        {
            player.Opened(play, opened);
            runtime.Raise(new TrackOpened(play, opened.Core) { IsStreamTaken = answer.IsStreamTaken });
        }
        else if (answer.Advert is { } due)
        {
            _due = due;
            player.AdvertIsDue(new AdvertDue(play, due.Sound.Track.Id, due.Impression, due.Wait)
            {
                IsStreamTaken = answer.IsStreamTaken,
            });
        }
        else
        {
            player.Refused(play, answer.Refusal.Reason);
            runtime.Raise(new TrackOpenFailed(play, answer.Refusal.Failure));
            if (runtime.Playback.Current is { IsWaiting: true, Failure: DeliveryFailure.PlaysElsewhere } waits && waits.Id == play)
                notices.NoteTaken(answer.Refusal.Device);
        }
    }
}
