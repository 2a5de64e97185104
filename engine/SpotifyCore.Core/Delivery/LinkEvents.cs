using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// Handles what happens on connections: up, over, a message. Closes those that lie, stall or are too many.
/// </summary>
internal sealed class LinkEvents(CoreParts parts, Plays plays, OfflineSync offline, FeedFiller feed)
{
    private bool _changed;

    /// <summary>True once after a connection was lost or given up.</summary>
    public bool TakeChanged()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }

    public void Opened(ConnectionId connection, RemoteSide remote, Instant now, ActionBuffer actions)
    {
        if (!parts.Links.TryFind(connection, out var link))
        {
            // One that the core closed while it was being opened may still be reported; only accepted ones are new.
            if (!connection.IsIncoming)
                return;

            var options = parts.Options.Neighbours;
            var speed = new PeerSpeed(options.AssumedBytesPerSecond, options.SpeedWeight);
            link = new Link(connection, isNode: false, default, speed, now)
            {
                Seen = remote.Seen?.Address ?? default,
                IsLocal = remote.Seen?.IsLocal ?? false,
                IsNear = remote.Seen?.IsNear ?? false,
            };
        }

        link.Remote = remote.Id ?? link.Remote;
        link.Account = remote.Account;
        link.RequestLimit = RequestsFor(remote.RequestLimit);
        link.LastUsed = now;
        link.Version = remote.Version;
        if (!link.IsNode && !Admit(link, now, actions))
            return;

        link.State = LinkState.Open;
        parts.Recruiting.NoteOpened(link);
        AskHolding(link, plays.Current, actions);
        AskHolding(link, plays.Next, actions);
        offline.AskHolding(link, actions);
        if (link.IsNode || parts.Retry.Lacked is not { } lacked)
            return;

        parts.Retry.Sooner(now);
        parts.Neighbourhood.AskHolding(link, lacked, actions);
    }

    public void Over(ConnectionId connection, bool misbehaved, Instant now, ActionBuffer actions)
    {
        if (!parts.Links.TryFind(connection, out var link))
            return;

        if (misbehaved)
            Ban(link, CloseReason.Misbehaved, now, actions);

        var failed = link is { IsNode: false, State: LinkState.Connecting };
        Forget(link, wrong: misbehaved, now, actions);
        if (failed)
            parts.Recruiting.NoteFailed(link, now, actions);

        parts.Recruiting.Refresh(now, actions);
    }

    public void Received(ConnectionId connection, in PeerMessage message, Instant now, ActionBuffer actions)
    {
        if (!parts.Links.TryFind(connection, out var link))
            return;

        link.LastUsed = now;
        switch (message.Kind)
        {
            case PeerMessageKind.NotFound:
                Lacked(link, message, now, actions);
                break;
            case PeerMessageKind.Busy:
                Refused(link, message, now, actions);
                break;
            case PeerMessageKind.Error:
                Failed(link, message, now, actions);
                break;
            case PeerMessageKind.Have:
                Holds(link, message, now, actions);
                break;
            case PeerMessageKind.Search:
                if (!parts.Search.Take(link, message, now, actions))
                    Close(link, CloseReason.Flooded, now, actions);

                break;
            case PeerMessageKind.GoAway:
                link.State = LinkState.Leaving;
                break;
            case PeerMessageKind.HaveRequest:
                if (!parts.Uploads.IsOpenTo(link) || !parts.Parts.TryOffer(link, message, plays, actions))
                    parts.Uploads.AskHeld(link, message.Request, message.File, actions);

                break;
            case PeerMessageKind.ChunkRequest:
                parts.Uploads.Ask(link, message, now, actions);
                break;
            case PeerMessageKind.Cancel:
                parts.Uploads.Cancel(link, message.Request, actions);
                break;
            case PeerMessageKind.ManifestRequest:
                actions.Add(new SendMessage(link.Connection, PeerMessage.NotFound(message.Request, 0)));
                break;
        }
    }

    /// <summary>A whole chunk came.</summary>
    public void ChunkReceived(in ChunkReceived received, Instant now, ActionBuffer actions)
    {
        if (!parts.Links.TryFind(received.Connection, out var link))
            return;

        link.LastUsed = now;
        var (message, slot) = (received.Message, received.Slot);
        var arrival = parts.Ledger.Receive(link, message, slot, now, actions);
        switch (arrival.Kind)
        {
            case ArrivalKind.Wrong:
                Close(link, CloseReason.WrongChunk, now, actions);
                break;
            case ArrivalKind.Taken:
                if (link.IsNode)
                    parts.Nodes.NoteGood(link);

                if (plays.Find(arrival.Download!.Play) is { } session)
                    feed.Take(session, arrival.Chunk, slot, (int)message.Length, arrival.Tier, actions);
                else
                    offline.Take(arrival, slot, (int)message.Length, actions);

                break;
        }
    }

    /// <summary>A neighbour says which chunks of a file it holds.</summary>
    public void PartReceived(in PartReceived part, Instant now, ActionBuffer actions)
    {
        if (!parts.Links.TryFind(part.Connection, out var link))
            return;

        link.LastUsed = now;
        link.Holdings.Add(part.File, part.First, part.Present.Span);
        NoteOverlay(link, part.File);
    }

    /// <summary>A search was answered: by a neighbour that holds the file, or with those whom it knows.</summary>
    public void HitReceived(in HitReceived hit, Instant now, ActionBuffer actions)
    {
        if (!parts.Links.TryFind(hit.Connection, out var link))
            return;

        link.LastUsed = now;
        if (!parts.Search.TryTakeHit(link, hit, now, out var file, actions)
            || plays.Fetching(file) is not { } session)
            return;

        session.Download!.Statistics.Search |= PeerSearch.Overlay;
        if (hit.Addresses.Length == 0)
        {
            link.Holdings.Set(file, HoldingState.Whole);
            return;
        }

        foreach (var address in hit.Addresses)
            parts.Recruiting.Add(file, [address], link.Account, now, actions);
    }

    /// <summary>A peer has not taken a byte of the chunk on its way to it for so long.</summary>
    public void HeldUp(Link link, TimeSpan since, Instant now, ActionBuffer actions)
    {
        if (parts.Uploads.IsStalled(link, since, now))
            Close(link, CloseReason.Stalled, now, actions);
    }

    /// <summary>Closes peers that take what they asked for too slowly for any use.</summary>
    public void CloseOverlong(Instant now, ActionBuffer actions)
    {
        while (parts.Uploads.NextOverlong(now) is { } link)
            Close(link, CloseReason.Stalled, now, actions);
    }

    /// <summary>Ends a connection and takes back what was asked of it.</summary>
    public void Close(Link link, CloseReason reason, Instant now, ActionBuffer actions)
    {
        actions.Add(new CloseConnection(link.Connection, reason));
        if (reason is CloseReason.WrongChunk or CloseReason.Flooded)
            Ban(link, reason, now, actions);

        Forget(link, wrong: reason == CloseReason.WrongChunk, now, actions);
    }

    /// <summary>
    /// Nothing ran for long: what was asked for is asked again, on connections that may be over by now, and nobody is
    /// blamed.
    /// </summary>
    public void AskAgain(Instant now, ActionBuffer actions)
    {
        _changed = true;
        for (var i = 0; i < parts.Links.Count; i++)
            parts.Ledger.TakeBack(parts.Links[i], cancel: true, now, actions);
    }

    /// <summary>Closes and redirects what has become due.</summary>
    public void Tidy(Instant now, ActionBuffer actions)
    {
        while (parts.Stalls.NextSilent(now) is { } silent)
            Silent(silent, now, actions);

        while (parts.Nodes.NextTimedOut(now) is { } late)
            Close(late, CloseReason.TimedOut, now, actions);

        var failed = false;
        while (parts.Neighbourhood.NextToDrop(now) is { } drop)
        {
            failed |= drop.Reason == CloseReason.TimedOut;
            Close(drop.Link, drop.Reason, now, actions);
            if (drop.Reason == CloseReason.TimedOut)
                parts.Recruiting.NoteFailed(drop.Link, now, actions);
        }

        parts.Recruiting.Tidy(now, actions);
        if (failed)
            parts.Recruiting.Refresh(now, actions);
    }

    /// <summary>Whether a file is held that a neighbour searches for.</summary>
    public void AnswerSearch(Link link, in HeldAnswered answered, Instant now, ActionBuffer actions)
    {
        var held = answered.IsHeld && parts.Uploads.IsOpenTo(link);
        if (held)
            parts.Uploads.Allow(link, answered.File);

        parts.Search.AnswerHeld(link, answered.File, held, now, actions);
    }

    /// <summary>A peer that lied is not spoken to again for long, and the access point hears of it.</summary>
    private void Ban(Link link, CloseReason reason, Instant now, ActionBuffer actions)
    {
        if (link is not { IsNode: false, Remote: { } remote })
            return;

        parts.Neighbourhood.Ban(link, remote, now);
        actions.Add(new ReportPeer(remote, reason));
    }

    /// <summary>A neighbour says that it holds a file, or nothing of it.</summary>
    private void Holds(Link link, in PeerMessage have, Instant now, ActionBuffer actions)
    {
        link.Holdings.Set(have.File, have.Holding == HaveKind.Whole ? HoldingState.Whole : HoldingState.Lacks);
        if (have.Holding == HaveKind.None)
        {
            parts.Recruiting.Refresh(now, actions);
            return;
        }

        parts.Retry.NoteHeld(have.File, now);
        NoteOverlay(link, have.File);
    }

    private void NoteOverlay(Link link, FileId file)
    {
        if (link.WantedFor != file && plays.Fetching(file) is { } session)
            session.Download!.Statistics.Search |= PeerSearch.Overlay;
    }

    private bool Admit(Link link, Instant now, ActionBuffer actions)
    {
        if (parts.Neighbourhood.Admit(link, now, out var loser) is { } refusal)
        {
            Close(link, refusal, now, actions);
            return false;
        }

        if (loser is not null)
            Close(loser, CloseReason.Duplicate, now, actions);

        if (link.Connection.IsIncoming)
            parts.Links.Add(link);

        return true;
    }

    private void AskHolding(Link link, PlaySession? session, ActionBuffer actions)
    {
        if (session?.Download is { } download)
            parts.Neighbourhood.AskHolding(link, download.File, actions);
    }

    private void Lacked(Link link, in PeerMessage message, Instant now, ActionBuffer actions)
    {
        if (parts.Requests.Find(link, message.Request) is not { } request)
            return;

        var file = request.Download.File;
        if (link.IsNode)
            parts.Nodes.NoteLacks(link, file, now);
        else
            link.Holdings.Set(file, HoldingState.Lacks);

        parts.Ledger.Fail(link, message.Request, now, actions);
    }

    private void Failed(Link link, in PeerMessage message, Instant now, ActionBuffer actions)
    {
        var file = parts.Requests.Find(link, message.Request)?.Download.File;
        if (!parts.Ledger.Fail(link, message.Request, now, actions))
        {
            TakeBackAsked(link, message.Request, now, actions);
            return;
        }

        link.PausedUntil = now + parts.Options.Neighbours.BusyPause;
        if (message.Code != ProtocolCode.NotOffered || link.IsNode || file is not { } wanted)
            return;

        // A peer remembers a few files that it offered: it may hold this one still.
        link.Holdings.Set(wanted, HoldingState.Unknown);
        parts.Neighbourhood.AskHolding(link, wanted, actions);
    }

    private void Refused(Link link, in PeerMessage message, Instant now, ActionBuffer actions)
    {
        // Several requests refused at one time are one refusal.
        if (!parts.Ledger.Fail(link, message.Request, now, actions))
            TakeBackAsked(link, message.Request, now, actions);
        else if (link.PausedUntil <= now)
            link.Refuse(PauseFor(message), LongestBusyPause(), now);
    }

    /// <summary>A neighbour does not say what it holds of a file: it is no helper, and may be asked again.</summary>
    private void TakeBackAsked(Link link, uint request, Instant now, ActionBuffer actions)
    {
        if (link.Holdings.TryTakeBack(request))
            parts.Recruiting.Refresh(now, actions);
    }

    private void Silent(Link link, Instant now, ActionBuffer actions)
    {
        link.NoteSilence(now);
        var isHope = !link.IsNode && parts.Redirection.TakeBack(link, now, actions);
        if (!isHope)
            link.PausedUntil = now + parts.Stalls.LimitFor(link);

        var options = parts.Options.Neighbours;
        if (link.IsNode || link.Silences > (isHope ? options.SilencesAllowedOfLastHope : options.SilencesAllowed))
            Close(link, CloseReason.Silent, now, actions);

        parts.Recruiting.Refresh(now, actions);
    }

    private void Forget(Link link, bool wrong, Instant now, ActionBuffer actions)
    {
        _changed = true;
        parts.Links.Remove(link);
        parts.Ledger.TakeBack(link, cancel: false, now, actions);
        if (link.IsNode)
        {
            parts.Nodes.NoteLost(link, wrong, now);
            return;
        }

        parts.Parts.Forget(link);
        parts.Search.Forget(link);
        parts.Uploads.Forget(link, now, actions);
    }

    /// <summary>
    /// A quarter of what the remote peer takes is left for haves, and for requests that were cancelled and have not
    /// ended.
    /// </summary>
    private static int RequestsFor(uint limit) => (int)Math.Clamp(limit - (limit / 4), 1, 768);

    private TimeSpan LongestBusyPause() => plays.Current is { IsDry: true }
        ? parts.Options.Neighbours.LongestBusyPauseInNeed
        : parts.Options.Neighbours.LongestBusyPause;

    private TimeSpan PauseFor(in PeerMessage busy)
    {
        var named = TimeSpan.FromMilliseconds(Math.Min(busy.Milliseconds, 60_000));
        return named > TimeSpan.Zero ? named : parts.Options.Neighbours.BusyPause;
    }
}
