using SpotifyCore.Content.Time;
using SpotifyCore.Delivery.Downloads;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Client.Core;

/// <summary>
/// Takes in what happens on connections: up, over, a message. Closes those that lie, stall or are too many.
/// </summary>
internal sealed class LinkEvents(CoreParts parts, Plays plays, FeedPump feed)
{
    private bool _changed;

    /// <summary>True once after a connection was lost or given up.</summary>
    public bool TakeChanged()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }

    public void Opened(in ClientEvent opened, Instant now, ref ActionBuffer actions)
    {
        if (!parts.Links.TryFind(opened.Connection, out var link))
        {
            // One that the core closed while it was being opened may still be reported; only accepted ones are new.
            if (!opened.Connection.IsIncoming)
                return;

            var options = parts.Options.Neighbours;
            var speed = new PeerSpeed(options.AssumedBytesPerSecond, options.SpeedWeight);
            link = new Link(opened.Connection, isNode: false, default, speed, now)
            {
                Seen = opened.Peer?.Address ?? default, IsLocal = opened.Peer?.IsLocal ?? false,
            };
        }

        link.Remote = opened.Remote ?? link.Remote;
        link.Account = opened.Account;
        link.RequestLimit = RequestsFor(opened.Request);
        link.LastUsed = now;
        link.Version = opened.Version;
        if (!link.IsNode && !Admit(link, now, ref actions))
            return;

        link.State = LinkState.Open;
        parts.Recruiting.NoteOpened(link);
        AskHolding(link, plays.Current, ref actions);
        AskHolding(link, plays.Next, ref actions);
    }

    public void Over(in ClientEvent over, Instant now, ref ActionBuffer actions)
    {
        if (!parts.Links.TryFind(over.Connection, out var link))
            return;

        if (over.Flag)
            Ban(link, CloseReason.Misbehaved, now, ref actions);

        var failed = link is { IsNode: false, State: LinkState.Connecting };
        Forget(link, wrong: over.Flag, now, ref actions);
        if (failed)
            parts.Recruiting.NoteFailed(link, now, ref actions);

        parts.Recruiting.Refresh(now, ref actions);
    }

    public void Received(in ClientEvent received, Instant now, ref ActionBuffer actions)
    {
        if (!parts.Links.TryFind(received.Connection, out var link))
            return;

        var message = received.Message;
        link.LastUsed = now;
        switch (message.Kind)
        {
            case PeerMessageKind.ChunkData:
                Chunk(link, message, received.Slot, now, ref actions);
                break;
            case PeerMessageKind.NotFound:
                Lacked(link, message, now, ref actions);
                break;
            case PeerMessageKind.Busy:
                Refused(link, message, now, ref actions);
                break;
            case PeerMessageKind.Error:
                Failed(link, message, now, ref actions);
                break;
            case PeerMessageKind.Have:
                Holds(link, message, received.Present.Span, now, ref actions);
                break;
            case PeerMessageKind.Search:
                if (!parts.Search.Take(link, message, now, ref actions))
                    Close(link, CloseReason.Flooded, now, ref actions);

                break;
            case PeerMessageKind.SearchHit:
                Found(link, received, now, ref actions);
                break;
            case PeerMessageKind.GoAway:
                link.State = LinkState.Leaving;
                break;
            case PeerMessageKind.HaveRequest:
                if (!parts.Uploads.IsOpenTo(link) || !parts.Parts.TryOffer(link, message, plays, ref actions))
                    parts.Uploads.AskHeld(link, message.Request, message.File, ref actions);

                break;
            case PeerMessageKind.ChunkRequest:
                parts.Uploads.Ask(link, message, now, ref actions);
                break;
            case PeerMessageKind.Cancel:
                parts.Uploads.Cancel(link, message.Request, ref actions);
                break;
            case PeerMessageKind.ManifestRequest:
                actions.Add(ClientAction.Send(link.Connection, PeerMessage.NotFound(message.Request, 0)));
                break;
        }
    }

    /// <summary>A peer has not taken a byte of the chunk on its way to it for so long.</summary>
    public void HeldUp(Link link, TimeSpan since, Instant now, ref ActionBuffer actions)
    {
        if (parts.Uploads.IsStalled(link, since, now))
            Close(link, CloseReason.Stalled, now, ref actions);
    }

    /// <summary>Closes peers that take what they asked for too slowly for any use.</summary>
    public void CloseOverlong(Instant now, ref ActionBuffer actions)
    {
        while (parts.Uploads.NextOverlong(now) is { } link)
            Close(link, CloseReason.Stalled, now, ref actions);
    }

    /// <summary>Ends a connection and takes back what was asked of it.</summary>
    public void Close(Link link, CloseReason reason, Instant now, ref ActionBuffer actions)
    {
        actions.Add(ClientAction.Close(link.Connection, reason));
        if (reason is CloseReason.WrongChunk or CloseReason.Flooded)
            Ban(link, reason, now, ref actions);

        Forget(link, wrong: reason == CloseReason.WrongChunk, now, ref actions);
    }

    /// <summary>Closes and redirects what has become due.</summary>
    public void Tidy(Instant now, ref ActionBuffer actions)
    {
        while (parts.Silence.NextSilent(now) is { } silent)
            Silent(silent, now, ref actions);

        while (parts.Nodes.NextTimedOut(now) is { } late)
            Close(late, CloseReason.TimedOut, now, ref actions);

        var failed = false;
        while (parts.Neighbourhood.NextToDrop(now) is { } drop)
        {
            failed |= drop.Reason == CloseReason.TimedOut;
            Close(drop.Link, drop.Reason, now, ref actions);
            if (drop.Reason == CloseReason.TimedOut)
                parts.Recruiting.NoteFailed(drop.Link, now, ref actions);
        }

        parts.Recruiting.Tidy(now, ref actions);
        if (failed)
            parts.Recruiting.Refresh(now, ref actions);
    }

    /// <summary>Whether a file is held that a neighbour searches for.</summary>
    public void AnswerSearch(Link link, in ClientEvent answered, Instant now, ref ActionBuffer actions)
    {
        var held = answered.Flag && parts.Uploads.IsOpenTo(link);
        if (held)
            parts.Uploads.Allow(link, answered.File);

        parts.Search.AnswerHeld(link, answered.File, held, now, ref actions);
    }

    /// <summary>A peer that lied is not spoken to again for long, and the access point hears of it.</summary>
    private void Ban(Link link, CloseReason reason, Instant now, ref ActionBuffer actions)
    {
        if (link is not { IsNode: false, Remote: { } remote })
            return;

        parts.Neighbourhood.Ban(link, remote, now);
        actions.Add(ClientAction.ReportPeer(remote, reason));
    }

    /// <summary>A neighbour says what it holds of a file.</summary>
    private void Holds(
        Link link, in PeerMessage have, ReadOnlySpan<ulong> present, Instant now, ref ActionBuffer actions)
    {
        if (have.Holding == HaveKind.Part)
            link.Holdings.Add(have.File, have.Chunk, present);
        else
            link.Holdings.Set(have.File, have.Holding == HaveKind.Whole ? HoldingState.Whole : HoldingState.Lacks);

        if (have.Holding == HaveKind.None)
            parts.Recruiting.Refresh(now, ref actions);
        else if (link.WantedFor != have.File && plays.Fetching(have.File) is { } session)
            session.Download!.Statistics.Search |= PeerSearch.Overlay;
    }

    /// <summary>A search was answered: by a neighbour that holds the file, or with those whom it knows.</summary>
    private void Found(Link link, in ClientEvent received, Instant now, ref ActionBuffer actions)
    {
        var hit = received.Message;
        if (!parts.Search.TryTakeHit(link, hit, now, out var file, ref actions)
            || plays.Fetching(file) is not { } session)
            return;

        session.Download!.Statistics.Search |= PeerSearch.Overlay;
        if (received.Addresses is not { Length: > 0 } addresses)
        {
            link.Holdings.Set(file, HoldingState.Whole);
            return;
        }

        foreach (var address in addresses)
            parts.Recruiting.Add(file, [address], link.Account, now, ref actions);
    }

    private bool Admit(Link link, Instant now, ref ActionBuffer actions)
    {
        if (parts.Neighbourhood.Admit(link, now, out var loser) is { } refusal)
        {
            Close(link, refusal, now, ref actions);
            return false;
        }

        if (loser is not null)
            Close(loser, CloseReason.Duplicate, now, ref actions);

        if (link.Connection.IsIncoming)
            parts.Links.Add(link);

        return true;
    }

    private void AskHolding(Link link, PlaySession? session, ref ActionBuffer actions)
    {
        if (session?.Download is { } download)
            parts.Neighbourhood.AskHolding(link, download.File, ref actions);
    }

    private void Chunk(Link link, in PeerMessage message, int slot, Instant now, ref ActionBuffer actions)
    {
        var arrival = parts.Ledger.Receive(link, message, slot, now, ref actions);
        switch (arrival.Kind)
        {
            case ArrivalKind.Wrong:
                Close(link, CloseReason.WrongChunk, now, ref actions);
                break;
            case ArrivalKind.Taken:
                if (link.IsNode)
                    parts.Nodes.NoteGood(link);

                var session = plays.Find(arrival.Download!.Play)!;
                feed.Take(session, arrival.Chunk, slot, (int)message.Length, arrival.Tier, ref actions);
                break;
        }
    }

    private void Lacked(Link link, in PeerMessage message, Instant now, ref ActionBuffer actions)
    {
        if (parts.Requests.Find(link, message.Request) is not { } request)
            return;

        var file = request.Download.File;
        if (link.IsNode)
            parts.Nodes.NoteLacks(link, file, now);
        else
            link.Holdings.Set(file, HoldingState.Lacks);

        parts.Ledger.Fail(link, message.Request, now, ref actions);
    }

    private void Failed(Link link, in PeerMessage message, Instant now, ref ActionBuffer actions)
    {
        var file = parts.Requests.Find(link, message.Request)?.Download.File;
        if (!parts.Ledger.Fail(link, message.Request, now, ref actions))
            return;

        link.PausedUntil = now + parts.Options.Neighbours.BusyPause;
        if (message.Code != ProtocolCode.NotOffered || link.IsNode || file is not { } wanted)
            return;

        // A peer remembers a few files that it offered: it may hold this one still.
        link.Holdings.Set(wanted, HoldingState.Unknown);
        parts.Neighbourhood.AskHolding(link, wanted, ref actions);
    }

    private void Refused(Link link, in PeerMessage message, Instant now, ref ActionBuffer actions)
    {
        // Several requests refused at one time are one refusal.
        var options = parts.Options.Neighbours;
        if (parts.Ledger.Fail(link, message.Request, now, ref actions) && link.PausedUntil <= now)
            link.Refuse(PauseFor(message), options.LongestBusyPause, now);
    }

    private void Silent(Link link, Instant now, ref ActionBuffer actions)
    {
        link.Silences++;
        link.Speed.Halve();
        if (link.IsNode || link.Silences > parts.Options.Neighbours.SilencesAllowed)
        {
            Close(link, CloseReason.Silent, now, ref actions);
            return;
        }

        link.PausedUntil = now + parts.Silence.LimitFor(link);
        parts.Ledger.TakeBack(link, cancel: true, now, ref actions);
    }

    private void Forget(Link link, bool wrong, Instant now, ref ActionBuffer actions)
    {
        _changed = true;
        parts.Links.Remove(link);
        parts.Ledger.TakeBack(link, cancel: false, now, ref actions);
        if (link.IsNode)
        {
            parts.Nodes.NoteLost(link, wrong, now);
            return;
        }

        parts.Parts.Forget(link);
        parts.Search.Forget(link);
        parts.Uploads.Forget(link, now, ref actions);
    }

    /// <summary>
    /// A quarter of what the far side takes is left for haves, and for requests that were cancelled and have not
    /// ended.
    /// </summary>
    private static int RequestsFor(uint limit) => (int)Math.Clamp(limit - (limit / 4), 1, 768);

    private TimeSpan PauseFor(in PeerMessage busy)
    {
        var named = TimeSpan.FromMilliseconds(Math.Min(busy.Milliseconds, 60_000));
        return named > TimeSpan.Zero ? named : parts.Options.Neighbours.BusyPause;
    }
}
