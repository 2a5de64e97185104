using SpotifyCore.Client.Access;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Peering;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Playback.Output;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Shell;

/// <summary>
/// What a client tells of itself: what plays, what it has done, what goes up. Everything on the loop.
/// </summary>
internal sealed class ClientReports(
    PlaySequence plays, CoreDriver driver, ListenerDesk listener, AccessPointLink accessPoint)
{
    /// <summary>The cache; set once.</summary>
    public required CacheDesk Cache { private get; init; }

    /// <summary>The peers; set once.</summary>
    public required PeerDesk Peers { private get; init; }

    /// <summary>What may go up; set once.</summary>
    public required UploadDesk Uploading { private get; init; }

    /// <summary>Where peers reach the client; null when none are accepted. Set once.</summary>
    public required OutsidePort? Outside { private get; init; }

    /// <summary>The report of a play as far as it has come.</summary>
    public PlayReport Of(ActivePlay play) => play.Report(driver.StatisticsOf(play.Id));

    /// <summary>The tracks from the one that plays on.</summary>
    public List<QueuedTrack> Queued() => plays.Queued();

    /// <summary>What plays now.</summary>
    public PlayerStatus Status()
    {
        var play = plays.Current;
        return new PlayerStatus(
            listener.State,
            play?.Track,
            AudioFormat.DurationOf(play?.Position ?? 0),
            play is null ? TimeSpan.Zero : driver.Status.Buffered,
            play is null ? null : Of(play),
            accessPoint.Account,
            plays.Problem,
            Math.Max(0, plays.Queued().Count - 1))
        {
            WaitsFor = WaitsFor(),
            IsOnline = accessPoint.IsOnline,
            Repeat = plays.Repeat, IsShuffled = plays.IsShuffled, Volume = listener.Volume,
        };
    }

    /// <summary>What the client has done.</summary>
    public ClientStatistics Statistics()
    {
        PlayReport[] reports = [.. plays.Journal.Plays.Select(Of)];
        var usage = Cache.Usage;
        return new ClientStatistics(
            reports,
            reports.Aggregate(plays.Journal.Forgotten, (sum, play) => sum + play.Bytes),
            driver.Status.UploadedBytes,
            usage.HeldBytes,
            usage.LimitBytes,
            Peers.Count);
    }

    /// <summary>What goes up, to whom, and why.</summary>
    public UploadReport Uploads()
    {
        var peers = new PeerUpload[Peers.Count];
        var count = driver.CopyUploads(peers);
        return new UploadReport(
            Uploading.Settings, driver.Status.Uploads, peers[..count], Outside?.Mapped?.ToString());
    }

    private WaitReason WaitsFor() => listener.State is not (PlayerState.Opening or PlayerState.Waiting)
        ? WaitReason.None
        : plays.Current!.Playable is null ? WaitReason.AccessPoint
        : driver.HasSource ? WaitReason.Data
        : WaitReason.Source;
}
