using SpotifyCore.Content.Time;
using SpotifyCore.Delivery.Downloads;
using SpotifyCore.Delivery.Nodes;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Core;

/// <summary>
/// What is looked after at each event, once it was taken in: sources that went silent, the next track, what is missing
/// and what is late, the feeds, uploads, and when to be woken.
/// </summary>
internal sealed class Upkeep(CoreParts parts, Plays plays, LinkEvents links, FeedPump feed)
{
    /// <summary>Links are looked over no more often than this while only chunks come and go.</summary>
    private static readonly TimeSpan LinkTick = TimeSpan.FromSeconds(1);

    private Instant _wakeAt = Instant.Never;
    private Instant _linksAt = Instant.Never;

    public void Run(in ClientEvent occurred, Instant now, ref ActionBuffer actions)
    {
        // Also one that came early has used up what was asked for.
        if (occurred.Kind == ClientEventKind.Woken)
        {
            _wakeAt = Instant.Never;
            links.CloseOverlong(now, ref actions);
            parts.Uploads.Serve(now, ref actions);
        }

        var scope = links.TakeChanged() ? UpkeepScope.Links : UpkeepScopes.Of(occurred);
        if (scope >= UpkeepScope.Links || now >= _linksAt)
            TendLinks(now, ref actions);

        if (scope >= UpkeepScope.Feeds)
            TendPlays(scope, now, ref actions);

        Schedule(scope, now, ref actions);
    }

    /// <summary>Connections that are late, silent, idle or too many; the nodes'.</summary>
    private void TendLinks(Instant now, ref ActionBuffer actions)
    {
        links.Tidy(now, ref actions);
        parts.Nodes.Ensure(Need(), now, ref actions);
        _linksAt = Instant.Never;
    }

    private void TendPlays(UpkeepScope scope, Instant now, ref ActionBuffer actions)
    {
        if (scope >= UpkeepScope.Fetching)
            plays.Prefetch(now, ref actions);

        Tend(plays.Current, scope, now, ref actions);
        Tend(plays.Next, scope, now, ref actions);
        GiveUpIfHopeless(now, ref actions);
        parts.Uploads.SetHold(HoldAt(now), now, ref actions);
    }

    private UploadHold HoldAt(Instant now)
    {
        if (parts.Neighbourhood.Line != LineKind.Unmetered)
            return UploadHold.Line;

        if (plays.Current is not { } current)
            return UploadHold.None;

        // While a listener waits for the first sound, nothing else is to be on the line.
        return current.Download is not { Sounds: true } playing || parts.Buffer.IsLow(playing, now)
            ? UploadHold.OwnBuffer
            : UploadHold.None;
    }

    private NodeNeed Need() => plays.Current switch
    {
        null => NodeNeed.None,
        { } session when session.DrySince != Instant.Never => NodeNeed.Waiting,
        _ => NodeNeed.Playing,
    };

    private void Tend(PlaySession? session, UpkeepScope scope, Instant now, ref ActionBuffer actions)
    {
        if (session is not { IsReady: true, Download: { } download })
            return;

        if (session == plays.Current)
        {
            download.MayAskPeers = true;
            download.MayAskProduction = true;
        }

        feed.Refill(session, ref actions);
        var sounded = download.Sounds;
        feed.StartIfReady(session, now, ref actions);
        if (download.Sounds != sounded && session == plays.Current)
            session.SetPoint(now, TimeSpan.Zero);

        plays.SearchIfDue(session, now, ref actions);
        if (scope >= UpkeepScope.Fetching)
            Fetch(download, now, ref actions);

        parts.Parts.Update(download, ref actions);
        if (session.IsAnnounced || !download.Map.IsWhole || download.Horizon != uint.MaxValue)
            return;

        session.IsAnnounced = true;
        actions.Add(ClientAction.AnnounceHeld(download.File));
    }

    private void Fetch(Download download, Instant now, ref ActionBuffer actions)
    {
        if (download.Map.Had == download.Map.Count)
            return;

        if (IsBehind(download, now))
            parts.Recruiting.WantMore(download.File, now, ref actions);

        parts.Scheduler.Fill(download, now, ref actions);
        parts.Scheduler.Hedge(download, now, ref actions);
        SearchAgain(download, now, ref actions);
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
    private void SearchAgain(Download download, Instant now, ref ActionBuffer actions)
    {
        if (!parts.Options.Neighbours.Enabled
            || download.Map.Had == download.Map.Count
            || parts.Peers.HasUseful
            || now - download.SearchedAt < parts.Options.Downloads.SearchAgainAfter)
            return;

        download.SearchedAt = now;
        actions.Add(ClientAction.FindPeers(download.File));
    }

    /// <summary>Fails a play that has been dry, with nothing coming in, for as long as the options allow.</summary>
    private void GiveUpIfHopeless(Instant now, ref ActionBuffer actions)
    {
        if (plays.Current is not { IsReady: true, Download: { } download } session)
            return;

        if (!IsDry(session, download))
        {
            session.DrySince = Instant.Never;
            return;
        }

        // Who waits is helped by further nodes.
        if (session.DrySince == Instant.Never)
            (session.DrySince, _linksAt) = (now, now);

        if (now >= HopelessAt(session, download))
            plays.Fail(session, DeliveryFailure.NoSource, now, ref actions);
    }

    private Instant HopelessAt(PlaySession session, Download download)
    {
        var since = download.LastProgress > session.DrySince ? download.LastProgress : session.DrySince;
        return since + parts.Options.Downloads.GiveUpAfter;
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

    private void Schedule(UpkeepScope scope, Instant now, ref ActionBuffer actions)
    {
        if (_linksAt == Instant.Never || scope >= UpkeepScope.Links)
            _linksAt = NextForLinks(now);
        else if (parts.Requests.Count > 0)
            _linksAt = Instant.Min(_linksAt, now + LinkTick);

        var next = Instant.Min(_linksAt, parts.Uploads.NextCheck(now));
        if (scope >= UpkeepScope.Feeds)
        {
            next = Instant.Min(next, NextFor(plays.Current, now));
            next = Instant.Min(next, NextFor(plays.Next, now));
        }

        if (next <= now)
            next = now + TimeSpan.FromMilliseconds(1);

        // An earlier wake than needed is harmless: it asks for the next one.
        if (next >= _wakeAt)
            return;

        _wakeAt = next;
        actions.Add(ClientAction.WakeAt(next));
    }

    private Instant NextForLinks(Instant now)
    {
        var next = Instant.Min(parts.Neighbourhood.NextCheck(), parts.Silence.NextCheck(now));
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
        var search = download.SearchedAt + parts.Options.Downloads.SearchAgainAfter;
        if (search > now)
            next = Instant.Min(next, search);

        if (session.DrySince != Instant.Never)
            next = Instant.Min(next, HopelessAt(session, download));

        return next;
    }
}
