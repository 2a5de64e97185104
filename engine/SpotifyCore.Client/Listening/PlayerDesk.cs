using SpotifyCore.Client.Access;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>What the core wants of player, feeds and plays. Everything on the loop.</summary>
/// <param name="plays">The plays.</param>
/// <param name="hand">The player.</param>
/// <param name="driver">Hands events over.</param>
/// <param name="feedWindow">Chunks a play's feed takes; the core's own figure.</param>
internal sealed class PlayerDesk(PlaySequence plays, PlayerHand hand, CoreDriver driver, int feedWindow)
{
    /// <summary>Chunks of a file that plays, was played lately or is prefetched; 0 for others.</summary>
    public uint ChunksOf(FileId file)
    {
        if (plays.Next?.Playable is { } next && next.Manifest.File == file)
            return next.Manifest.ChunkCount;

        foreach (var play in plays.Journal.Plays)
        {
            if (play.Playable is { } playable && playable.Manifest.File == file)
                return playable.Manifest.ChunkCount;
        }

        return 0;
    }

    /// <summary>Takes what the player needs of a track that the core is about to be told is open.</summary>
    public void Opened(PlayId id, UnderstoodTrack opened)
    {
        if (plays.Find(id) is not { Playable: null } play)
            return;

        var manifest = opened.Core.Manifest;
        plays.Learn(play, opened.Track);
        if (play.Position > manifest.Samples)
            play.MoveTo(manifest.Samples);

        play.Playable = new PlayableTrack(id, manifest, opened.Key, opened.Album, new ChunkFeed(manifest, feedWindow));
        if (play == plays.Current)
            hand.Prepare(play);
    }

    /// <summary>Does what the core wants.</summary>
    /// <param name="action">What that is.</param>
    /// <param name="chunk">The chunk to deliver.</param>
    public void Carry(in ClientAction action, ReadOnlySpan<byte> chunk)
    {
        switch (action.Kind)
        {
            case ClientActionKind.Deliver:
                plays.Find(action.Play)?.Playable?.Feed.Offer(action.Chunk, chunk);
                break;
            case ClientActionKind.Reposition:
                if (plays.Find(action.Play) is { Playable: not null } moved)
                    hand.Seek(moved, action.Sample);
                break;
            case ClientActionKind.StartSounding:
                if (plays.Find(action.Play) is { } ready)
                    hand.Sound(ready);
                break;
            case ClientActionKind.Failed:
                if (plays.Current?.Id == action.Play && IsAway(action.Failure))
                    plays.NoteAway();

                GiveUp(action.Play, PlayProblems.Text(action.Failure));
                break;
            case ClientActionKind.PlayClosed:
                if (plays.Journal.Find(action.Play) is { } closed)
                    closed.Statistics = action.Statistics;
                break;
        }
    }

    private static bool IsAway(DeliveryFailure failure) => failure
        is DeliveryFailure.AccessPointUnreachable or DeliveryFailure.NotLoggedIn or DeliveryFailure.NoSource;

    private void GiveUp(PlayId id, string reason)
    {
        if (plays.Next?.Id == id)
        {
            plays.DropNext(reason, coreKnows: true);
        }
        else if (plays.Current is { IsGiven: true, MaySound: true } sounding && sounding.Id == id)
        {
            // What the player has already is sounded first; it then reports the failure itself.
            sounding.Playable!.Feed.Fail(reason);
        }
        else
        {
            driver.Post(() => GoOn(id, reason));
        }
    }

    private void GoOn(PlayId id, string reason)
    {
        if (plays.Current is not { } play || play.Id != id)
            return;

        if (play.IsGiven)
            hand.Drop();

        plays.GoOnAfterFailure(reason);
    }
}
