using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Tests.Playing;

/// <summary>Whatever a listener, the player and the access point do, in any order.</summary>
public sealed class PlaybackControllerPropertyTests
{
    private static readonly Config ManyOrders = Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(120);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AnyOrder_PlayerHasTheCurrentAndTheNextAndNothingElse(int advertAfter) => ForAnyOrder(advertAfter, (stage, step) =>
    {
        Do(stage, step);
        var (playback, voice, following) = (stage.Playback, stage.Voice, stage.Following);
        return (voice == PlayId.None || voice == playback.Current?.Id)
            && (following == PlayId.None || following == playback.Next?.Id);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AnyOrder_NoQueuedTrackIsLost(int advertAfter) => ForAnyOrder(advertAfter, (stage, step) =>
    {
        var (before, click) = (stage.Playback.Queue.Entries.ToList(), stage.Playback.Current?.Id);
        Do(stage, step);
        var queue = stage.Playback.Queue;

        // What takes entries out: the listener, a stop, a click that is begun or comes to nothing, and many failures.
        var mayLose = step.Kind % Kinds is 0 or 3 or 6 or 9 or 10 or 12 or 14 || stage.Playback.IsOver;
        return mayLose || before.TrueForAll(queue.Entries.Contains);
    });

    [Fact]
    public void AnyOrder_AnAdvertThatPlays_IsLeftByItsEndAlone() => ForAnyOrder(2, (stage, step) =>
    {
        var advert = stage.Playback.IsAdvert ? stage.Playback.Current!.Id : PlayId.None;
        Do(stage, step);

        // A stop, a failure, and the player that comes to its end, also in place of clearing the queue, which ends none.
        var mayEnd = step.Kind % Kinds is 9 or 12 or > 16 || (step.Kind % Kinds == 10 && step.At % 4 != 0);
        return advert == PlayId.None || mayEnd || stage.Playback.Current?.Id == advert;
    });

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AnyOrder_WithSourcesAndAQueue_SoundsInTheEnd(int advertAfter) =>
        Prop.ForAll<(byte Kind, byte At)[]>(steps =>
        {
            var stage = new PlaybackStage { AdvertAfter = advertAfter };
            stage.Raise(new TracksChosen(PlaybackStage.Tracks(8, 9), 0, stage.Now));
            foreach (var step in steps)
                Do(stage, step);

            stage.IsAway = false;
            stage.Unknown.Clear();
            stage.Raise(new NodesKnown([]));
            stage.Raise(new ResumeRequested());
            stage.AnswerAll();
            stage.Pass(TimeSpan.FromSeconds(6));
            stage.AnswerAll();
            if (!stage.Sounds)
                stage.PlayOn();

            var playback = stage.Playback;
            return playback.Current is { } current
                ? stage.Sounds && stage.Voice == current.Id && current.Start is not null
                : playback.Queue.Repeat == RepeatMode.All || playback.Queue.Next is null;
        }).Check(ManyOrders);

    private const int Kinds = 20;

    private static void ForAnyOrder(int advertAfter, Func<PlaybackStage, (byte Kind, byte At), bool> holds) =>
        Prop.ForAll<(byte Kind, byte At)[]>(steps =>
        {
            var stage = new PlaybackStage { AdvertAfter = advertAfter };
            return Array.TrueForAll(steps, step => holds(stage, step));
        }).Check(ManyOrders);

    private static void Do(PlaybackStage stage, (byte Kind, byte At) step)
    {
        var (queue, at, now) = (stage.Playback.Queue, step.At, stage.Now);
        var entry = queue.Entries.Count == 0 ? -1 : queue.Entries[at % queue.Entries.Count].Id;
        var tracks = PlaybackStage.Tracks(at % 12, (at / 3) % 12);
        switch (step.Kind % Kinds)
        {
            case 0:
                stage.Raise(new TracksChosen(tracks, at, now));
                break;
            case 1:
                stage.Raise(new TracksAppended(tracks, now));
                break;
            case 2:
                stage.Raise(new TracksInserted(tracks, now));
                break;
            case 3:
                stage.Raise(new EntriesRemoved([entry], now));
                break;
            case 4:
                stage.Raise(new EntryMoved(entry, 1 + (at % 5)));
                break;
            case 5:
                stage.Raise(new EntryChosen(entry, now));
                break;
            case 6:
                stage.Raise(new SkipRequested(now));
                break;
            case 7:
                stage.Raise(new BackRequested(now));
                break;
            case 8:
                stage.Raise(new ShuffleChosen(at % 2 == 0, at));
                break;
            case 9 when at % 8 == 0:
                stage.Raise(new PlaybackStopped());
                break;
            case 10 when at % 4 == 0:
                stage.Raise(new QueueCleared());
                break;
            case 11:
                stage.Raise(new RepeatChosen((RepeatMode)(at % 3)));
                break;
            case 12:
                stage.Break();
                break;
            case 13:
                Press(stage, at);
                break;
            case 14:
                stage.Answer();
                break;
            case 15:
                ChangeWorld(stage, at);
                break;
            case 16:
                stage.Pass(TimeSpan.FromSeconds(at % 8));
                break;
            default:
                stage.PlayOn();
                break;
        }
    }

    private static void Press(PlaybackStage stage, byte at)
    {
        if (at % 3 == 0)
            stage.Raise(new PauseRequested());
        else if (at % 3 == 1)
            stage.Raise(new ResumeRequested());
        else if (stage.Playback.Current is { } play)
            stage.Raise(new SeekRequested(play.Id, at * 4_800));
    }

    private static void ChangeWorld(PlaybackStage stage, byte at)
    {
        var track = PlaybackStage.Track(at % 12);
        switch (at % 5)
        {
            case 0:
                stage.IsAway = !stage.IsAway;
                break;
            case 1:
                stage.Held.Add(track);
                break;
            case 2:
                stage.Unknown.Add(track);
                break;
            case 3:
                stage.Unknown.Clear();
                break;
            default:
                stage.Raise(new NodesKnown([]));
                break;
        }
    }
}
