using SpotifyCore.Client.Access;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core;
using SpotifyCore.Core.Playing;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Client;

/// <summary>What a client tells of what plays, and of what has played. Everything on the loop.</summary>
internal sealed class PlaybackReports(
    ClientRuntime runtime, PlayerAdapter player, TrackDescriptions descriptions, AccessPointClient accessPoint)
{
    private PlaybackController Playback => runtime.Playback;

    private PlayerState State => Playback.Current switch
    {
        null => PlayerState.Stopped,
        _ when Playback.IsPaused => PlayerState.Paused,
        { IsWaiting: true } => PlayerState.Waiting,
        { Start: null } => PlayerState.Opening,
        { IsSilent: true } => PlayerState.Waiting,
        _ => PlayerState.Playing,
    };

    /// <summary>The report of a play as far as it has come.</summary>
    public PlayReport Of(TrackPlay play)
    {
        var track = descriptions.Of(play.Sound);
        var used = play.Statistics;
        var bytes = used is null ? default : BytesOf(used.Played);
        var samples = play == Playback.Current ? play.HeardAt(runtime.Now) : play.Samples;
        return new PlayReport(
            track.Id, used?.Cold ?? false, play.Start, play.IsClick, bytes, play.Stutters, samples, play.HasEnded)
        {
            Described = track, IsAdvert = play.Advert is not null,
        };
    }

    /// <summary>The tracks from the one that plays on.</summary>
    public List<QueuedTrack> Queued()
    {
        var queued = new List<QueuedTrack>();
        foreach (var entry in Playback.Queue.FromCurrent)
            queued.Add(new QueuedTrack(entry.Id, descriptions.Of(entry.Track)));

        return queued;
    }

    /// <summary>What plays now.</summary>
    public PlayerStatus Status()
    {
        var play = Playback.Current;
        return new PlayerStatus(
            State,
            play is null ? null : descriptions.Of(play.Sound),
            AudioFormat.DurationOf(play?.PositionAt(runtime.Now) ?? 0),
            play is null ? TimeSpan.Zero : runtime.Status.Buffered,
            play is null ? null : Of(play),
            accessPoint.Account,
            Playback.Problem is { } problem ? player.TextOf(problem) : "",
            Math.Max(0, Playback.Queue.FromCurrent.Length - (Playback.IsAdvert ? 0 : 1)))
        {
            IsAdvert = Playback.IsAdvert,
            WaitsFor = WaitsFor(),
            IsOnline = accessPoint.IsOnline,
            EndedAccount = accessPoint.EndedAccount,
            Repeat = Playback.Queue.Repeat, IsShuffled = Playback.Queue.IsShuffled, Volume = Playback.Volume,
            Crossfade = Playback.Crossfade, TakenBy = State == PlayerState.Paused ? accessPoint.TakenBy : null,
        };
    }

    /// <summary>The latest plays, oldest first, and the bytes of all.</summary>
    public (PlayReport[] Plays, BytesBySource Bytes) Heard()
    {
        var journal = Playback.Journal;
        PlayReport[] plays = [.. journal.Plays.Where(static play => !IsRefused(play)).Select(Of)];
        return (plays, plays.Aggregate(BytesOf(journal.Forgotten), static (sum, play) => sum + play.Bytes));
    }

    // What may not be played, or is unknown, was not.
    private static bool IsRefused(TrackPlay play) => play.Start is null && play.Failure
        is DeliveryFailure.NotLoggedIn or DeliveryFailure.NotAllowed or DeliveryFailure.UnknownTrack
        or DeliveryFailure.PlaysElsewhere;

    private static BytesBySource BytesOf(Func<Tier, long> used) =>
        new(used(Tier.Cache), used(Tier.Peers), used(Tier.Production), used(Tier.Master));

    private WaitReason WaitsFor() => State is not (PlayerState.Opening or PlayerState.Waiting)
        ? WaitReason.None
        : Playback.Current!.Statistics is null ? WaitReason.AccessPoint
        : runtime.HasSource ? WaitReason.Data
        : WaitReason.Source;
}
