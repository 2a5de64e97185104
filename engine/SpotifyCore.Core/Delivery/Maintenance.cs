using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Nodes;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// What is looked after at each event, once it was taken in: sources that went silent, the next track, what is missing
/// and what is late, the feeds, uploads, and when to be woken.
/// </summary>
internal sealed class Maintenance(
    CoreParts parts, Plays plays, OfflineSync offline, LinkEvents links, FeedFiller feed)
{
    /// <summary>Links are looked over no more often than this while only chunks come and go.</summary>
    private static readonly TimeSpan LinkTick = TimeSpan.FromSeconds(1);

    private Instant _linksAt = Instant.Never;

    /// <summary>How much a message can have changed, so that what comes for every chunk costs little.</summary>
    public static MaintenanceScope ScopeOf(PeerMessageKind kind) => kind switch
    {
        PeerMessageKind.HaveRequest or PeerMessageKind.ChunkRequest or PeerMessageKind.Cancel
            or PeerMessageKind.ManifestRequest or PeerMessageKind.Search => MaintenanceScope.Uploads,
        PeerMessageKind.Have => MaintenanceScope.Fetching,
        _ => MaintenanceScope.Links,
    };

    /// <summary>The time asked for has come; one that came early has used it up too.</summary>
    public void Woken(Instant now, ActionBuffer actions)
    {
        parts.Clock.WakeAt = Instant.Never;
        links.CloseOverlong(now, actions);
        parts.Uploads.Serve(now, actions);
    }

    /// <summary>Looks after what an event can have changed.</summary>
    public void Run(MaintenanceScope scope, Instant now, ActionBuffer actions)
    {
        if (links.TakeChanged())
            scope = MaintenanceScope.Links;

        if (scope >= MaintenanceScope.Links || now >= _linksAt)
            TendLinks(now, actions);

        if (scope >= MaintenanceScope.Feeds)
            TendPlays(scope, now, actions);

        Schedule(scope, now, actions);
    }

    /// <summary>Connections that are late, silent, idle or too many; the nodes'.</summary>
    private void TendLinks(Instant now, ActionBuffer actions)
    {
        links.Tidy(now, actions);
        parts.Nodes.Ensure(Need(), now, actions);
        _linksAt = Instant.Never;
    }

    private void TendPlays(MaintenanceScope scope, Instant now, ActionBuffer actions)
    {
        plays.AskAgain(now, actions);
        if (scope >= MaintenanceScope.Fetching)
            plays.Prefetch(now, actions);

        Tend(plays.Current, scope, now, actions);
        Tend(plays.Next, scope, now, actions);
        GiveUpIfHopeless(now, actions);
        if (scope >= MaintenanceScope.Fetching)
            offline.Tend(now, actions);

        parts.Uploads.SetHold(HoldAt(now), now, actions);
    }

    private UploadHold HoldAt(Instant now)
    {
        if (parts.Neighbourhood.Line != LineKind.Unmetered)
            return UploadHold.Line;

        return now < OwnBufferHoldEnds(now) ? UploadHold.OwnBuffer : UploadHold.None;
    }

    /// <summary>Until when the client's own buffer needs the line for itself, if nothing comes; now when it does not.</summary>
    private Instant OwnBufferHoldEnds(Instant now)
    {
        // While a listener waits for the first sound, nothing else is to be on the line.
        if (plays.Current is not { } current
            || (current.Download is { Sounds: true } playing && !parts.Buffer.IsLow(playing, now)))
            return now;

        return current.Download is { } download
            ? Instant.Max(now, download.LastProgress + parts.Options.Uploads.OwnBufferIdle)
            : Instant.Never;
    }

    private NodeNeed Need() => plays.Current switch
    {
        null => NodeNeed.None,
        { IsDry: true } => NodeNeed.Waiting,
        _ => NodeNeed.Playing,
    };

    private void Tend(PlaySession? session, MaintenanceScope scope, Instant now, ActionBuffer actions)
    {
        if (session is not { IsReady: true, Download: { } download })
            return;

        if (session == plays.Current)
        {
            download.MayAskPeers = true;
            download.MayAskProduction = true;
        }

        feed.Refill(session, actions);
        var sounded = download.Sounds;
        feed.StartIfReady(session, now, actions);
        if (download.Sounds != sounded && session == plays.Current)
            session.SetPoint(now, TimeSpan.Zero);

        plays.SearchIfDue(session, now, actions);
        if (scope >= MaintenanceScope.Fetching)
            Fetch(session, download, now, actions);

        parts.Parts.Update(download, actions);
        if (session.IsAnnounced || !download.Map.IsWhole || download.Horizon != uint.MaxValue)
            return;

        session.IsAnnounced = true;
        actions.Add(new AnnounceHeld(download.File, download.Map.Count));
    }

    private void Fetch(PlaySession session, Download download, Instant now, ActionBuffer actions)
    {
        if (download.Map.Had == download.Map.Count)
            return;

        if (IsBehind(download, now))
            parts.Recruiting.WantMore(download.File, now, actions);

        // What a listener waits for goes before all that lies beyond.
        if (session.IsDry)
            parts.Scheduler.Hedge(download, now, actions);

        Ask(download, now, actions);
        if (session.IsDry && parts.Scheduler.IsStuck(download, download.Frontier, now, out var asked)
            && parts.Displacement.TryMakeRoom(download, download.Frontier, asked, now, actions))
            Ask(download, now, actions);

        SearchAgain(session, download, now, actions);
    }

    private void Ask(Download download, Instant now, ActionBuffer actions)
    {
        parts.Scheduler.Fill(download, now, actions);
        parts.Scheduler.Hedge(download, now, actions);
    }

    /// <summary>True for a sounding play whose peers, once found, don't keep it well ahead.</summary>
    private bool IsBehind(Download download, Instant now)
    {
        var buffer = parts.Options.Buffer;
        return download.Sounds
            && download.Point.Pace == PlaybackPace.Running
            && now - download.OpenedAt >= buffer.PeerSearch
            && download.Ahead(now) < buffer.LowMark * 2;
    }

    /// <summary>Asks the tracker again about a file that is being fetched without peers.</summary>
    private void SearchAgain(PlaySession session, Download download, Instant now, ActionBuffer actions)
    {
        if (!parts.Neighbourhood.IsOpen
            || download.Map.Had == download.Map.Count
            || parts.Peers.HasUseful
            || now < SearchedNext(session, download))
            return;

        download.SearchedAt = now;
        actions.Add(new FindPeers(download.File));
    }

    private Instant SearchedNext(PlaySession session, Download download)
    {
        var options = parts.Options.Downloads;
        return download.SearchedAt + (session.IsDry ? options.SearchInNeedAfter : options.SearchAgainAfter);
    }

    /// <summary>Fails a play that has been dry, with nothing coming in, for as long as the options allow.</summary>
    private void GiveUpIfHopeless(Instant now, ActionBuffer actions)
    {
        if (plays.Current is not { IsReady: true, Download: { } download } session)
            return;

        if (!IsDry(session, download))
        {
            session.DrySince = Instant.Never;
            return;
        }

        // Who waits is helped by further nodes, and by who was busy before.
        if (!session.IsDry)
        {
            (session.DrySince, _linksAt) = (now, now);
            parts.Links.EndPausesBy(now + parts.Options.Neighbours.LongestBusyPauseInNeed);
        }

        if (now >= HopelessAt(session, download))
            plays.Fail(session, DeliveryFailure.NoSource, now, actions);
        else
            AskNeighbours(download, now, actions);
    }

    /// <summary>Who lacked a file that a listener waits for may have it by now.</summary>
    private void AskNeighbours(Download download, Instant now, ActionBuffer actions)
    {
        if (now < NeighboursAskedNext(download))
            return;

        download.NeighboursAskedAt = now;
        parts.Neighbourhood.AskAll(download.File, actions);
    }

    private Instant NeighboursAskedNext(Download download) => parts.Neighbourhood.IsOpen
        ? download.NeighboursAskedAt + parts.Options.Downloads.AskNeighboursAfter
        : Instant.Never;

    /// <summary>A node that came up meanwhile has its time too, unless that goes on without end.</summary>
    private Instant HopelessAt(PlaySession session, Download download)
    {
        var since = download.LastProgress > session.DrySince ? download.LastProgress : session.DrySince;
        var patience = parts.Options.Downloads.GiveUpAfter;
        var (end, tried) = (since + patience, parts.Nodes.TriedBy);
        return tried > end ? Instant.Min(tried, end + patience) : end;
    }

    /// <summary>
    /// The player has no next chunk, or too little before one that is missing to sound again after a seek, or waits for
    /// more to begin: all end only by what comes.
    /// </summary>
    private bool IsDry(PlaySession session, Download download)
    {
        if (!download.Sounds && !session.IsPaused && download.Frontier < download.Map.Count)
            return true;

        var (buffer, next) = (session.Buffer!, session.Buffer!.GivenTo);
        return next < download.Map.Count
            && (next == buffer.Next || buffer.Buffered < parts.Options.Buffer.LeastStart)
            && download.Map[next] is ChunkState.Missing or ChunkState.Asked;
    }

    private void Schedule(MaintenanceScope scope, Instant now, ActionBuffer actions)
    {
        if (_linksAt == Instant.Never || scope >= MaintenanceScope.Links)
            _linksAt = NextForLinks(now);
        else if (parts.Requests.Count > 0)
            _linksAt = Instant.Min(_linksAt, now + LinkTick);

        var next = Instant.Min(Instant.Min(_linksAt, parts.Retry.At), parts.Uploads.NextCheck(now));
        next = Instant.Min(next, offline.NextCheck(now));
        if (scope >= MaintenanceScope.Feeds)
        {
            next = Instant.Min(next, NextFor(plays.Current, now));
            next = Instant.Min(next, NextFor(plays.Next, now));
            next = Instant.Min(next, plays.AskAt);
            if (parts.Uploads.Hold == UploadHold.OwnBuffer)
                next = Instant.Min(next, OwnBufferHoldEnds(now));
        }

        if (next <= now)
            next = now + TimeSpan.FromMilliseconds(1);

        // An earlier wake than needed is harmless: it asks for the next one.
        if (next >= parts.Clock.WakeAt)
            return;

        parts.Clock.WakeAt = next;
        actions.Add(new WakeAt(parts.Clock.ToRuntime(next)));
    }

    private Instant NextForLinks(Instant now)
    {
        var next = Instant.Min(parts.Neighbourhood.NextCheck(), parts.Stalls.NextCheck(now));
        next = Instant.Min(next, parts.Recruiting.NextCheck());
        if (parts.Links.Count > 0 || plays.Current is not null)
            next = Instant.Min(next, parts.Nodes.NextCheck(now));

        return next;
    }

    private Instant NextFor(PlaySession? session, Instant now)
    {
        if (session is not { IsReady: true, Download: { } download })
            return Instant.Never;

        var next = parts.Scheduler.NextHedge(download, now);
        if (download.Map.Had == download.Map.Count)
            return next;

        next = Instant.Min(next, parts.LookAhead.ChangesAt(download, now));
        next = Instant.Min(next, plays.SearchAt(session));
        var search = SearchedNext(session, download);
        if (search > now)
            next = Instant.Min(next, search);

        if (session.IsDry)
            next = Instant.Min(next, Instant.Min(HopelessAt(session, download), NeighboursAskedNext(download)));

        return next;
    }
}
