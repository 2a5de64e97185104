using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Delivery.Buffering;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Client.Core;

/// <summary>
/// The current play and the announced one: takes in what the listener, the player and the access point say about
/// them.
/// </summary>
internal sealed class Plays(CoreParts parts, FeedPump feed)
{
    public PlaySession? Current { get; private set; }

    public PlaySession? Next { get; private set; }

    public PlaySession? Find(PlayId play)
    {
        if (Current?.Play == play)
            return Current;

        return Next?.Play == play ? Next : null;
    }

    /// <summary>The play that fetches a file, the current one before the next; null when none does.</summary>
    public PlaySession? Fetching(FileId file) =>
        Current?.Download?.File == file ? Current : Next?.Download?.File == file ? Next : null;

    public void Choose(in ClientEvent chosen, Instant now, ref ActionBuffer actions)
    {
        Close(Current, now, ref actions);
        Current = null;
        if (Next?.Play == chosen.Play)
        {
            (Current, Next) = (Next, null);
            FeedPump.Restart(Current);
        }
        else
        {
            Current = new PlaySession(chosen.Play, chosen.Track, chosen.Flag);
        }

        Open(Current, now, ref actions);
    }

    public void Announce(in ClientEvent announced, Instant now, ref ActionBuffer actions)
    {
        if (Next?.Play == announced.Play || Current?.Play == announced.Play)
            return;

        Close(Next, now, ref actions);
        Next = announced.Play == default ? null : new PlaySession(announced.Play, announced.Track, announced.Flag);
    }

    /// <summary>The current play came to its end: the announced one is current.</summary>
    public void End(PlayId play, Instant now, ref ActionBuffer actions)
    {
        if (Current?.Play != play)
            return;

        Close(Current, now, ref actions);
        (Current, Next) = (Next, null);
        if (Current is not null)
            Open(Current, now, ref actions);
    }

    public void Stop(Instant now, ref ActionBuffer actions)
    {
        Close(Current, now, ref actions);
        Close(Next, now, ref actions);
        (Current, Next) = (null, null);
    }

    public void Seek(in ClientEvent seek, Instant now, ref ActionBuffer actions)
    {
        if (Current is not { } session || session.Play != seek.Play)
            return;

        if (!session.IsReady)
        {
            session.PendingSeek = seek.Sample;
            return;
        }

        feed.Seek(session, seek.Sample, now, ref actions);
        session.SetPoint(now, TimeSpan.Zero);
        Refocus(session, now, ref actions);
    }

    public void SetPaused(PlayId play, bool paused, Instant now)
    {
        if (Current is not { } session || session.Play != play)
            return;

        session.IsPaused = paused;
        session.SetPoint(now, TimeSpan.Zero);
        session.Download?.NoteRestart(now);
    }

    public void Advance(in ClientEvent advanced, Instant now)
    {
        if (Find(advanced.Play) is not { IsReady: true } session)
            return;

        feed.Advance(session, advanced.Chunk, advanced.Sample);
        if (session == Current)
            session.SetPoint(now, TimeSpan.Zero);
    }

    public void Opened(in ClientEvent opened, Instant now, ref ActionBuffer actions)
    {
        if (Find(opened.Play) is not { Download: null } session || opened.Opened is not { } track)
            return;

        session.Open(track, parts.Options.FeedWindow, now);
        session.Named = track.Peers;
        actions.Add(ClientAction.AskPresence(session.Play, track.Manifest.File, track.Manifest.ChunkCount));
    }

    /// <summary>The tracker, or a neighbour, says who holds a file.</summary>
    public void PeersFound(FileId file, PeerAddress[]? peers, Instant now, ref ActionBuffer actions)
    {
        if (peers is { Length: > 0 } && Fetching(file) is { } session)
            Recruit(session, peers, now, ref actions);
    }

    /// <summary>The tracker says which peers hold a play's file.</summary>
    private void Recruit(
        PlaySession session, ReadOnlySpan<PeerAddress> peers, Instant now, ref ActionBuffer actions)
    {
        session.Download!.Statistics.Search |= PeerSearch.Tracker;
        parts.Recruiting.Add(session.Download.File, peers, by: default, now, ref actions);
    }

    public void OpenFailed(in ClientEvent failed, Instant now, ref ActionBuffer actions)
    {
        if (Find(failed.Play) is { Download: null } session)
            Fail(session, failed.Failure, now, ref actions);
    }

    /// <summary>The cache said what it holds: fetching may begin.</summary>
    public void Present(in ClientEvent presence, Instant now, ref ActionBuffer actions)
    {
        if (Find(presence.Play) is not { IsReady: false, Download: { } download } session)
            return;

        download.Map.AddPresent(presence.Present.Span);
        download.Statistics.Cold = download.Map.Had == 0;
        session.IsReady = true;
        session.MustSearch = !download.Map.IsWhole;
        SearchIfDue(session, now, ref actions);

        if (session.PendingSeek >= 0)
        {
            feed.Seek(session, session.PendingSeek, now, ref actions);
            session.SetPoint(now, TimeSpan.Zero);
        }
    }

    /// <summary>Opens and fetches the next track as far as it is time for it.</summary>
    public void Prefetch(Instant now, ref ActionBuffer actions)
    {
        if (Next is not { } next)
            return;

        var (phase, left) = (PrefetchPhase.Head, TimeSpan.Zero);
        if (Current is { } current)
        {
            phase = current is { IsReady: true, Download: { } playing }
                ? parts.Prefetcher.PhaseFor(playing, now)
                : PrefetchPhase.Wait;
            left = current.Download is { } file ? Prefetcher.TimeLeft(file, now) : TimeSpan.MaxValue;
        }

        if (phase == PrefetchPhase.Wait)
            return;

        Ask(next, ref actions);
        if (next.Download is not { } download)
            return;

        next.SetPoint(now, left);
        download.Priority = RequestPriority.Prefetch;
        download.MayAskPeers = true;
        download.MayAskProduction = phase == PrefetchPhase.Head;
    }

    public void Fail(PlaySession session, DeliveryFailure failure, Instant now, ref ActionBuffer actions)
    {
        actions.Add(ClientAction.Failed(session.Play, failure));
        Close(session, now, ref actions);
        if (session == Current)
            Current = null;
        else
            Next = null;
    }

    /// <summary>
    /// Looks for peers, unless a listener waits for a start that production can give: then handshakes and what peers
    /// send would only be in its way.
    /// </summary>
    public void SearchIfDue(PlaySession session, Instant now, ref ActionBuffer actions)
    {
        if (!session.MustSearch || (parts.Nodes.IsReachable && now < SearchAt(session)))
            return;

        session.MustSearch = false;
        Search(session, now, ref actions);
    }

    /// <summary>When peers are looked for; <see cref="Instant.Never"/> when they were.</summary>
    public Instant SearchAt(PlaySession session)
    {
        if (!session.MustSearch || session.Download is not { } download)
            return Instant.Never;

        var waits = session == Current && !download.Sounds;
        return waits ? download.OpenedAt + parts.Options.Buffer.StartAlone : download.OpenedAt;
    }

    /// <summary>
    /// Looks for peers that hold a play's file: whom the tracker named with the track, neighbours, and theirs unless
    /// there are enough already.
    /// </summary>
    private void Search(PlaySession session, Instant now, ref ActionBuffer actions)
    {
        if (!parts.Neighbourhood.IsOpen)
            return;

        var (download, named) = (session.Download!, session.Named);
        session.Named = [];
        download.Statistics.Searched = true;
        if (named.Length > 0)
            Recruit(session, named, now, ref actions);

        // A search asks the neighbours it is sent to what they hold; the others are asked for nothing else.
        if (named.Length >= parts.Options.Search.EnoughPeers || !parts.Search.Begin(download.File, now, ref actions))
            parts.Neighbourhood.AskAll(download.File, ref actions);
    }

    /// <summary>Makes a play the one that is listened to.</summary>
    private void Open(PlaySession session, Instant now, ref ActionBuffer actions)
    {
        Ask(session, ref actions);
        if (session.Download is not { } download)
            return;

        download.Priority = RequestPriority.Playing;
        download.NoteRestart(now);
        session.SetPoint(now, TimeSpan.Zero);
        Refocus(session, now, ref actions);
    }

    private static void Ask(PlaySession session, ref ActionBuffer actions)
    {
        if (session.IsAsked)
            return;

        session.IsAsked = true;
        actions.Add(ClientAction.OpenTrack(session.Play, session.Track));
    }

    /// <summary>Gives up requests that a listener at this point no longer waits for.</summary>
    private void Refocus(PlaySession session, Instant now, ref ActionBuffer actions)
    {
        var download = session.Download!;
        var to = download.Point.ChunkAfter(download.Manifest, parts.Options.Buffer.LookAhead);
        parts.Ledger.Keep(download, session.Buffer!.Next, to, now, ref actions);
    }

    private void Close(PlaySession? session, Instant now, ref ActionBuffer actions)
    {
        if (session is null)
            return;

        if (session.Download is { } download)
        {
            parts.Ledger.Abandon(download, now, ref actions);
            parts.Recruiting.Forget(download.File);
            parts.Parts.Forget(download);
        }

        actions.Add(ClientAction.PlayClosed(session.Play, session.Download?.Statistics ?? new PlayStatistics()));
    }
}
