using SpotifyCore.Content.Time;
using SpotifyCore.Delivery.Downloads;
using SpotifyCore.Delivery.Nodes;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Core;

/// <summary>
/// What is looked after at each event, once it was taken in: sources that went silent, the next track, what is missing
/// and what is late, the feeds, uploads, and when to be woken.
/// </summary>
internal sealed class Upkeep(CoreParts parts, Plays plays, LinkEvents links, FeedPump feed)
{
    private Instant _wakeAt = Instant.Never;

    public void Run(ClientEventKind cause, Instant now, ref ActionBuffer actions)
    {
        // Early or not, that wake is used up: another must be asked for.
        if (cause == ClientEventKind.Woken)
            _wakeAt = Instant.Never;

        links.Tidy(now, ref actions);
        parts.Nodes.Ensure(Need(), now, ref actions);
        plays.Prefetch(now, ref actions);
        Tend(plays.Current, now, ref actions);
        Tend(plays.Next, now, ref actions);
        GiveUpIfHopeless(now, ref actions);
        var low = plays.Current is { IsReady: true, Download: { } playing } && parts.Buffer.IsLow(playing, now);
        parts.Uploads.SetPaused(low, ref actions);
        Schedule(now, ref actions);
    }

    private NodeNeed Need() => plays.Current switch
    {
        null => NodeNeed.None,
        { } session when session.DrySince != Instant.Never => NodeNeed.Waiting,
        _ => NodeNeed.Playing,
    };

    private void Tend(PlaySession? session, Instant now, ref ActionBuffer actions)
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

        parts.Scheduler.Fill(download, now, ref actions);
        parts.Scheduler.Hedge(download, now, ref actions);
        SearchAgain(download, now, ref actions);
        if (session.IsAnnounced || !download.Map.IsWhole || download.Horizon != uint.MaxValue)
            return;

        session.IsAnnounced = true;
        actions.Add(ClientAction.AnnounceHeld(download.File));
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

        session.DrySince = Instant.Min(session.DrySince, now);
        if (now >= HopelessAt(session, download))
            plays.Fail(session, DeliveryFailure.NoSource, now, ref actions);
    }

    private Instant HopelessAt(PlaySession session, Download download)
    {
        var since = download.LastProgress > session.DrySince ? download.LastProgress : session.DrySince;
        return since + parts.Options.Downloads.GiveUpAfter;
    }

    private static bool IsDry(PlaySession session, Download download) =>
        session.Buffer!.Next < download.Map.Count
        && download.Map[session.Buffer.Next] is ChunkState.Missing or ChunkState.Asked;

    private void Schedule(Instant now, ref ActionBuffer actions)
    {
        var next = Instant.Min(parts.Neighbourhood.NextCheck(), parts.Silence.NextCheck(now));
        if (parts.Links.Count > 0 || plays.Current is not null)
            next = Instant.Min(next, parts.Nodes.NextCheck(now));

        next = Instant.Min(next, NextFor(plays.Current, now));
        next = Instant.Min(next, NextFor(plays.Next, now));
        if (next <= now)
            next = now + TimeSpan.FromMilliseconds(1);

        // An earlier wake than needed is harmless: it asks for the next one.
        if (next >= _wakeAt)
            return;

        _wakeAt = next;
        actions.Add(ClientAction.WakeAt(next));
    }

    private Instant NextFor(PlaySession? session, Instant now)
    {
        if (session is not { IsReady: true, Download: { } download })
            return Instant.Never;

        var next = parts.Scheduler.NextHedge(download, now);
        if (download.Map.Had == download.Map.Count)
            return next;

        next = Instant.Min(next, parts.LookAhead.ChangesAt(download, now));
        var search = download.SearchedAt + parts.Options.Downloads.SearchAgainAfter;
        if (search > now)
            next = Instant.Min(next, search);

        if (session.DrySince != Instant.Never)
            next = Instant.Min(next, HopelessAt(session, download));

        return next;
    }
}
