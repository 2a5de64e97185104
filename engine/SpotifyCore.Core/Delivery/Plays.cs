using System.Diagnostics.CodeAnalysis;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// What is fetched for the current play and for the announced one: handles what the listener, the player and the access
/// point say about them.
/// </summary>
internal sealed class Plays(CoreParts parts, FeedFiller feed)
{
    private readonly Queue<PlaySession> _failed = new();

    public PlaySession? Current { get; private set; }

    public PlaySession? Next { get; private set; }

    /// <summary>What became of the advert that was played last.</summary>
    public AdvertOutcome LastAdvert { get; set; }

    /// <summary>When the current play's track is to be asked for once more.</summary>
    public Instant AskAt => Current?.AskAt ?? Instant.Never;

    /// <summary>Files of plays that are over, on their last way into the cache.</summary>
    public LastStores LastStores { get; } = new(parts.Parts);

    public PlaySession? Find(PlayId play)
    {
        if (Current?.Play == play)
            return Current;

        return Next?.Play == play ? Next : null;
    }

    /// <summary>The play that fetches a file, the current one before the next; null when none does.</summary>
    public PlaySession? Fetching(FileId file) =>
        Current?.Download?.File == file ? Current : Next?.Download?.File == file ? Next : null;

    /// <summary>A file that comes into the cache, from which parts may be had already; null for others.</summary>
    public Download? Coming(FileId file) => Fetching(file) switch
    {
        null => LastStores.Find(file),
        { IsReady: true } session => session.Download,
        _ => null,
    };

    /// <summary>
    /// A play is current; the announced one if it is that, with an empty feed and from its start. What was current ends.
    /// </summary>
    public void Choose(PlaySession chosen, Instant now, ActionBuffer actions)
    {
        Close(Current, now, actions);
        Current = null;
        if (Next?.Play == chosen.Play)
        {
            (Current, Next) = (Next, null);
            Current.Cuts = chosen.Cuts;
            FeedFiller.Restart(Current, actions);
        }
        else
        {
            Current = chosen;
        }

        Open(Current, now, actions);
        LoadIfOpen(Current, actions);
    }

    /// <summary>A play is to follow, in place of the one announced before; null for none.</summary>
    public void Announce(PlaySession? next, Instant now, ActionBuffer actions)
    {
        if (next is not null && (Next?.Play == next.Play || Current?.Play == next.Play))
            return;

        if (Next is { IsLoaded: true } loaded)
            actions.Add(new StopPlay(loaded.Play));

        Close(Next, now, actions);
        Next = next;
    }

    /// <summary>The current play came to its end: the announced one is current.</summary>
    public void End(PlayId play, Instant now, ActionBuffer actions)
    {
        if (Current?.Play != play)
            return;

        Close(Current, now, actions);
        (Current, Next) = (Next, null);
        if (Current is not null)
            Open(Current, now, actions);
    }

    public void Stop(Instant now, ActionBuffer actions)
    {
        Close(Current, now, actions);
        Close(Next, now, actions);
        (Current, Next) = (null, null);
    }

    public void Seek(PlayId play, long sample, Instant now, ActionBuffer actions)
    {
        if (Current is not { } session || session.Play != play)
            return;

        if (!session.IsReady)
        {
            session.PendingSeek = sample;
            return;
        }

        feed.Seek(session, sample, now, actions);
        session.SetPoint(now, TimeSpan.Zero);
        Refocus(session, now, actions);
    }

    public void SetPaused(PlayId play, bool paused, Instant now)
    {
        if (Current is not { } session || session.Play != play)
            return;

        session.IsPaused = paused;
        session.SetPoint(now, TimeSpan.Zero);
        session.Download?.NoteRestart(now);
    }

    public void Advance(in PlaybackAdvanced advanced, Instant now)
    {
        if (Find(advanced.Play) is not { IsReady: true } session)
            return;

        feed.Advance(session, advanced.Chunk, advanced.Sample);
        if (session == Current)
            session.SetPoint(now, TimeSpan.Zero);
    }

    public void Opened(PlayId play, OpenedTrack track, Instant now, ActionBuffer actions)
    {
        if (Find(play) is not { Download: null } session)
            return;

        session.Open(track, parts.Options.FeedWindow, now);
        session.Named = track.Peers;
        if (session == Current)
            LoadIfOpen(session, actions);

        actions.Add(new AskPresence(session.Play, track.Manifest.File, track.Manifest.ChunkCount));
    }

    /// <summary>The tracker, or a neighbour, says who holds a file.</summary>
    public void PeersFound(FileId file, PeerAddress[] peers, Instant now, ActionBuffer actions)
    {
        if (peers.Length > 0 && Fetching(file) is { } session)
            Recruit(session, peers, now, actions);
    }

    /// <summary>The tracker says which peers hold a play's file.</summary>
    private void Recruit(
        PlaySession session, ReadOnlySpan<PeerAddress> peers, Instant now, ActionBuffer actions)
    {
        session.Download!.Statistics.Search |= PeerSearch.Tracker;
        parts.Recruiting.Add(session.Download.File, peers, by: default, now, actions);
    }

    /// <summary>The current play's track is not given yet: it is asked for once more.</summary>
    public static void AskLater(PlaySession session, Instant at) => session.AskAt = at;

    /// <summary>Asks once more for what was not given yet, if it is time for it.</summary>
    public void AskAgain(Instant now, ActionBuffer actions)
    {
        if (Current is not { } current || now < current.AskAt)
            return;

        (current.IsAsked, current.AskAt) = (false, Instant.Never);
        Ask(current, now, actions);
    }

    public void OpenFailed(PlayId play, DeliveryFailure failure, Instant now, ActionBuffer actions)
    {
        if (Find(play) is { Download: null } session)
            Fail(session, failure, now, actions);
    }

    /// <summary>The cache said what it holds: fetching may begin.</summary>
    public void Present(PlayId play, ReadOnlySpan<ulong> present, Instant now, ActionBuffer actions)
    {
        if (Find(play) is not { IsReady: false, Download: { } download } session)
            return;

        download.Map.AddPresent(present);
        download.Statistics.Cold = download.Map.Had == 0;
        session.IsReady = true;
        session.MustSearch = !download.Map.IsWhole;
        SearchIfDue(session, now, actions);

        if (session.PendingSeek >= 0)
        {
            feed.Seek(session, session.PendingSeek, now, actions);
            session.SetPoint(now, TimeSpan.Zero);
        }
    }

    /// <summary>Opens and fetches the next track as far as it is time for it.</summary>
    public void Prefetch(Instant now, ActionBuffer actions)
    {
        if (Next is not { } next)
            return;

        var (phase, left) = (PrefetchPhase.Head, TimeSpan.Zero);
        if (Current is { } current)
        {
            phase = current is { IsReady: true, Download: { } playing }
                ? parts.Prefetcher.PhaseFor(playing, now)
                : PrefetchPhase.Wait;
            left = current.Download is { } file ? parts.Prefetcher.TimeLeft(file, now) : TimeSpan.MaxValue;
        }

        if (phase == PrefetchPhase.Wait)
            return;

        Ask(next, now, actions);
        if (next.Download is not { } download)
            return;

        next.SetPoint(now, left);
        download.Priority = RequestPriority.Prefetch;
        download.MayAskPeers = true;
        download.MayAskProduction = phase == PrefetchPhase.Head;
    }

    /// <summary>
    /// A chunk came into the cache for one of the two plays: the other has it too when it is of the same file, as a
    /// repeated track is; the cache was asked what it holds before that.
    /// </summary>
    public void Share(PlaySession session, uint chunk, Instant now, ActionBuffer actions)
    {
        var other = session == Current ? Next : Current;
        if (other is not { IsReady: true, Download: { } download } || download.File != session.Download!.File)
            return;

        if (download.Map[chunk] is not (ChunkState.Missing or ChunkState.Asked))
            return;

        parts.Ledger.Unwant(download, chunk, now, actions);
        download.Map[chunk] = ChunkState.Held;
        if (download.Map.OriginOf(chunk) == Tier.None)
            download.Map.SetOrigin(chunk, Tier.Cache);
    }

    /// <summary>
    /// A chunk was to be given to a peer, and the cache has it no more: it is offered to nobody else, and fetched anew.
    /// </summary>
    public void Lost(ChunkId chunk)
    {
        Lost(Current, chunk);
        Lost(Next, chunk);
        LastStores.Lost(chunk.File);
    }

    public void Fail(PlaySession session, DeliveryFailure failure, Instant now, ActionBuffer actions)
    {
        session.Failure = failure;
        _failed.Enqueue(session);

        // Before the player hears of it, which would go over to what follows: the play is tried again instead.
        if (session == Current && failure.IsAway() && Next is { IsLoaded: true } next)
            actions.Add(new StopPlay(next.Play));

        Close(session, now, actions);
        if (session == Current)
            Current = null;
        else
            Next = null;
    }

    /// <summary>The next of the plays that were given up since it was asked last.</summary>
    public bool TryTakeFailed([NotNullWhen(true)] out PlaySession? session) => _failed.TryDequeue(out session);

    /// <summary>
    /// Looks for peers, unless a listener waits for a start that production can give: then handshakes and what peers
    /// send would only be in its way.
    /// </summary>
    public void SearchIfDue(PlaySession session, Instant now, ActionBuffer actions)
    {
        if (!session.MustSearch || (parts.Nodes.IsReachable && now < SearchAt(session)))
            return;

        session.MustSearch = false;
        Search(session, now, actions);
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
    private void Search(PlaySession session, Instant now, ActionBuffer actions)
    {
        if (!parts.Neighbourhood.IsOpen)
            return;

        var (download, named) = (session.Download!, session.Named);
        session.Named = [];
        download.Statistics.Searched = true;
        if (named.Length > 0)
            Recruit(session, named, now, actions);

        // A search asks the neighbours it is sent to what they hold; the others are asked for nothing else.
        if (named.Length >= parts.Options.Search.EnoughPeers || !parts.Search.Begin(download.File, now, actions))
            parts.Neighbourhood.AskAll(download.File, actions);
    }

    // A cache that takes nothing has nothing of what is fetched.
    private static void Lost(PlaySession? session, ChunkId chunk)
    {
        if (session?.Download is { Horizon: uint.MaxValue } download && download.File == chunk.File
            && chunk.Index < download.Map.Count && download.Map[chunk.Index] == ChunkState.Held)
            download.Map[chunk.Index] = ChunkState.Missing;
    }

    /// <summary>Makes a play the one that is listened to.</summary>
    private void Open(PlaySession session, Instant now, ActionBuffer actions)
    {
        Ask(session, now, actions);
        if (session.Download is not { } download)
            return;

        download.Priority = RequestPriority.Playing;
        download.NoteRestart(now);
        session.SetPoint(now, TimeSpan.Zero);
        Refocus(session, now, actions);
    }

    /// <summary>One that cuts in is decoded ahead while it waits for enough to sound.</summary>
    private static void LoadIfOpen(PlaySession session, ActionBuffer actions)
    {
        if (session is { Cuts: true, IsLoaded: false, Download: not null })
            FeedFiller.Load(session, actions);
    }

    private void Ask(PlaySession session, Instant now, ActionBuffer actions)
    {
        if (session.IsAsked)
            return;

        session.IsAsked = true;
        actions.Add(new OpenTrack(session.Play, session.Track)
        {
            IsAdvert = session.IsAdvert,
            LastAdvert = LastAdvert,
            Reason = session.IsAdvert ? OpenReason.GoesOn : parts.Claim.Ask(session.Play, session == Current, now),
        });
    }

    /// <summary>Gives up requests that a listener at this point no longer waits for.</summary>
    private void Refocus(PlaySession session, Instant now, ActionBuffer actions)
    {
        var download = session.Download!;
        var to = download.Point.ChunkAfter(download.Manifest, parts.Options.Buffer.LookAhead);
        parts.Ledger.Keep(download, session.Buffer!.Next, to, now, actions);
    }

    private void Close(PlaySession? session, Instant now, ActionBuffer actions)
    {
        if (session is null)
            return;

        if (session.Download is { } download)
        {
            parts.Ledger.Abandon(download, now, actions);
            parts.Recruiting.Forget(download.File);
            LastStores.Add(download);
        }

        actions.Add(new ClosePlay(
            session.Play, session.Track, session.Download?.Statistics ?? new PlayStatistics(), session.Failure));
    }
}
