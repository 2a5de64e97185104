using SpotifyCore.Content.Time;
using SpotifyCore.Delivery.Downloads;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Client.Core;

/// <summary>
/// Takes in what happens on connections: up, over, a message. Closes those that lie, stall or are too many.
/// </summary>
internal sealed class LinkEvents(CoreParts parts, Plays plays, FeedPump feed)
{
    public void Opened(in ClientEvent opened, Instant now, ref ActionBuffer actions)
    {
        if (!parts.Links.TryFind(opened.Connection, out var link))
        {
            // One that the core closed while it was being opened may still be reported; only accepted ones are new.
            if (!opened.Connection.IsIncoming)
                return;

            var options = parts.Options.Neighbours;
            var speed = new PeerSpeed(options.AssumedBytesPerSecond, options.SpeedWeight);
            link = new Link(opened.Connection, isNode: false, default, speed, now);
        }

        link.Remote = opened.Remote ?? link.Remote;
        link.RequestLimit = RequestsFor(opened.Request);
        link.LastUsed = now;
        if (!link.IsNode && !Admit(link, now, ref actions))
            return;

        link.State = LinkState.Open;
        AskHolding(link, plays.Current, ref actions);
        AskHolding(link, plays.Next, ref actions);
    }

    public void Over(in ClientEvent over, Instant now, ref ActionBuffer actions)
    {
        if (!parts.Links.TryFind(over.Connection, out var link))
            return;

        if (over.Flag && link.Remote is { } remote && !link.IsNode)
            parts.Neighbourhood.Bans.Add(remote);

        Forget(link, wrong: over.Flag, now, ref actions);
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
                if (parts.Ledger.Fail(link, message.Request, now, ref actions))
                    link.PausedUntil = now + parts.Options.Neighbours.BusyPause;

                break;
            case PeerMessageKind.Have:
                link.Holdings.Set(
                    message.File, message.Holding == HaveKind.Whole ? HoldingState.Whole : HoldingState.Lacks);
                break;
            case PeerMessageKind.GoAway:
                link.State = LinkState.Leaving;
                break;
            case PeerMessageKind.HaveRequest:
                parts.Uploads.AskHeld(link, message.Request, message.File, ref actions);
                break;
            case PeerMessageKind.ChunkRequest:
                parts.Uploads.Ask(link, message, ref actions);
                break;
            case PeerMessageKind.Cancel:
                parts.Uploads.Cancel(link, message.Request, ref actions);
                break;
            case PeerMessageKind.ManifestRequest:
                actions.Add(ClientAction.Send(link.Connection, PeerMessage.NotFound(message.Request, 0)));
                break;
        }
    }

    /// <summary>Ends a connection and takes back what was asked of it.</summary>
    public void Close(Link link, CloseReason reason, Instant now, ref ActionBuffer actions)
    {
        actions.Add(ClientAction.Close(link.Connection, reason));
        if (reason == CloseReason.WrongChunk && link is { IsNode: false, Remote: { } remote })
            parts.Neighbourhood.Bans.Add(remote);

        Forget(link, wrong: reason == CloseReason.WrongChunk, now, ref actions);
    }

    /// <summary>Closes and redirects what has become due.</summary>
    public void Tidy(Instant now, ref ActionBuffer actions)
    {
        while (parts.Silence.NextSilent(now) is { } silent)
            Silent(silent, now, ref actions);

        while (parts.Nodes.NextTimedOut(now) is { } late)
            Close(late, CloseReason.TimedOut, now, ref actions);

        while (parts.Neighbourhood.NextToDrop(now) is { } drop)
            Close(drop.Link, drop.Reason, now, ref actions);
    }

    private bool Admit(Link link, Instant now, ref ActionBuffer actions)
    {
        if (parts.Neighbourhood.Admit(link, out var loser) is { } refusal)
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
        parts.Links.Remove(link);
        parts.Ledger.TakeBack(link, cancel: false, now, ref actions);
        if (link.IsNode)
            parts.Nodes.NoteLost(link, wrong, now);
        else
            parts.Uploads.Forget(link, ref actions);
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
