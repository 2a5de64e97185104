using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// Fetches what is to be kept offline, whole files one after the other, with what the line has left by what is listened
/// to: nothing is asked for while something comes for that, and what is on its way is called off as soon as that wants for
/// anything. Peers carry it; production does what they don't. The next is opened while one comes, and the one before is
/// made durable: a quick line need not wait for either.
/// </summary>
internal sealed class OfflineSync(CoreParts parts, Plays plays)
{
    /// <summary>One that is made durable, one that comes, and the next.</summary>
    private const int MostAtOnce = 3;

    /// <summary>Of those, so many of which something is left to ask for: the first has its turn.</summary>
    private const int MostMissing = 2;

    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(30);

    private readonly List<TrackId> _wanted = [];
    private readonly List<Keeping> _begun = [];
    private long _last;
    private int _failures;
    private Instant _beginsAt;

    /// <summary>These are to be kept, in place of those named before.</summary>
    public void Want(TrackId[] tracks, Instant now, ActionBuffer actions)
    {
        for (var i = _begun.Count - 1; i >= 0; i--)
        {
            if (Array.IndexOf(tracks, _begun[i].Track) < 0)
                End(_begun[i], now, actions);
        }

        _wanted.Clear();
        foreach (var track in tracks)
        {
            if (!_wanted.Contains(track) && !_begun.Exists(begun => begun.Track == track))
                _wanted.Add(track);
        }

        (_failures, _beginsAt) = (0, now);
    }

    /// <summary>Those who were away may be back.</summary>
    public void CameOnline(Instant now) => (_failures, _beginsAt) = (0, now);

    /// <summary>A track is open: its chunks may be asked for.</summary>
    public void Opened(in KeptOpened opened, Instant now, ActionBuffer actions)
    {
        if (Find(opened.Keeping) is not { Download: null } keeping)
            return;

        keeping.Open(opened.Track, opened.Present.Span, now);
        parts.Recruiting.Add(keeping.Download!.File, opened.Track.Peers, by: default, now, actions);
        parts.Neighbourhood.AskAll(keeping.Download.File, actions);
    }

    /// <summary>A track can't be opened.</summary>
    public void Failed(PlayId id, DeliveryFailure failure, Instant now)
    {
        if (Find(id) is not { } keeping)
            return;

        _begun.Remove(keeping);
        if (!failure.IsAway())
            return;

        PutOff(keeping, now);
        if (failure != DeliveryFailure.NoSource)
            _beginsAt = now + LongPause;
    }

    /// <summary>A chunk came, and was right: into the file.</summary>
    public void Take(in Arrival arrival, int slot, int length, ActionBuffer actions)
    {
        var download = arrival.Download!;
        download.Map.SetOrigin(arrival.Chunk, arrival.Tier);
        download.Map[arrival.Chunk] = ChunkState.Storing;
        download.Statistics.AddFetched(arrival.Tier, length);
        actions.Add(new KeepChunk(download.Play, download.File, arrival.Chunk, slot, length));
    }

    /// <summary>A chunk lies in the file, or the disk refused it: then the runtime tells why, and it is not tried again.</summary>
    public void Stored(in ChunkKept kept, Instant now, ActionBuffer actions)
    {
        if (Find(kept.Keeping) is not { Download: { } download } keeping)
            return;

        download.Map[kept.Chunk] = kept.IsStored ? ChunkState.Held : ChunkState.Missing;
        if (!kept.IsStored)
            End(keeping, now, actions);
    }

    /// <summary>A file is durable, or can't be.</summary>
    public void Ended(in KeepingEnded ended, ActionBuffer actions)
    {
        if (Find(ended.Keeping) is not { Download: { } download } keeping)
            return;

        _begun.Remove(keeping);
        _failures = 0;
        if (ended.IsKept)
            actions.Add(new AnnounceHeld(download.File, download.Map.Count));
    }

    /// <summary>The tracker says who holds a file.</summary>
    public void PeersFound(FileId file, PeerAddress[] peers, Instant now, ActionBuffer actions)
    {
        if (peers.Length > 0 && _begun.Exists(begun => begun.Download?.File == file))
            parts.Recruiting.Add(file, peers, by: default, now, actions);
    }

    /// <summary>Somebody is connected: perhaps one who holds what is being fetched.</summary>
    public void AskHolding(Link link, ActionBuffer actions)
    {
        foreach (var keeping in _begun)
        {
            if (keeping.Download is { } download)
                parts.Neighbourhood.AskHolding(link, download.File, actions);
        }
    }

    /// <summary>Asks for what is missing, as far as there is room.</summary>
    public void Tend(Instant now, ActionBuffer actions)
    {
        if (_begun.Count == 0 && _wanted.Count == 0)
            return;

        var room = RoomAt(now);
        var turn = _begun.FindIndex(static begun => begun.IsMissing);
        for (var i = _begun.Count - 1; i >= 0; i--)
        {
            if (turn >= 0 && i > turn)
                _begun[i].Wait(now);

            TendOne(_begun[i], room, now, actions);
        }

        if (room != LineRoom.Free)
            return;

        foreach (var keeping in _begun)
        {
            Fetch(keeping, now, actions);
            if (keeping.IsMissing)
                break;
        }

        Begin(now, actions);
    }

    /// <summary>When something is due by itself.</summary>
    public Instant NextCheck(Instant now)
    {
        var next = _wanted.Count > 0 && _beginsAt > now ? _beginsAt : Instant.Never;
        foreach (var keeping in _begun)
        {
            if (keeping.Download is not { } download || keeping.IsEnding)
                continue;

            next = Instant.Min(next, GivesUpAt(keeping, download));
            next = Earlier(next, download.OpenedAt + parts.Options.Buffer.PeerSearch, now);
            next = Earlier(next, download.LastProgress + parts.Options.Buffer.PeerSearch, now);
            next = Earlier(next, download.SearchedAt + parts.Options.Downloads.SearchAgainAfter, now);
        }

        return next;
    }

    private static Instant Earlier(Instant next, Instant due, Instant now) => due > now ? Instant.Min(next, due) : next;

    private Keeping? Find(PlayId id)
    {
        foreach (var keeping in _begun)
        {
            if (keeping.Id == id)
                return keeping;
        }

        return null;
    }

    private void TendOne(Keeping keeping, LineRoom room, Instant now, ActionBuffer actions)
    {
        if (keeping.IsEnding || keeping.Download is not { } download)
            return;

        if (download.Map.IsWhole)
        {
            keeping.IsEnding = true;
            parts.Recruiting.Forget(download.File);
            actions.Add(new EndKeeping(keeping.Id, IsWhole: true));
        }
        else if (plays.Fetching(download.File) is not null)
        {
            // The listener's own fetching brings it into the cache, from which it is taken later.
            End(keeping, now, actions);
            PutOff(keeping, now);
        }
        else if (room != LineRoom.Free)
        {
            keeping.WaitsSince = now;
            if (room == LineRoom.None)
                parts.Ledger.Abandon(download, now, actions);
        }
        else if (now >= GivesUpAt(keeping, download))
        {
            End(keeping, now, actions);
            PutOff(keeping, now);
        }
    }

    private void Begin(Instant now, ActionBuffer actions)
    {
        while (_wanted.Count > 0 && now >= _beginsAt && _begun.Count < MostAtOnce && CountMissing() < MostMissing)
        {
            var keeping = new Keeping(new PlayId(--_last), _wanted[0]) { WaitsSince = now };
            _wanted.RemoveAt(0);
            _begun.Add(keeping);
            actions.Add(new OpenKept(keeping.Id, keeping.Track));
        }
    }

    private int CountMissing()
    {
        var missing = 0;
        foreach (var begun in _begun)
            missing += begun.IsMissing ? 1 : 0;

        return missing;
    }

    private void Fetch(Keeping keeping, Instant now, ActionBuffer actions)
    {
        if (keeping.IsEnding || keeping.Download is not { } download || !keeping.IsMissing)
            return;

        if (now - download.OpenedAt >= parts.Options.Buffer.PeerSearch)
            parts.Recruiting.WantMore(download.File, now, actions);

        parts.Scheduler.Fill(download, now, actions);
        if (!parts.Neighbourhood.IsOpen || parts.Peers.HasUseful
            || now < download.SearchedAt + parts.Options.Downloads.SearchAgainAfter)
            return;

        download.SearchedAt = now;
        actions.Add(new FindPeers(download.File));
    }

    /// <summary>What is listened to goes first, then what is to be heard next.</summary>
    private LineRoom RoomAt(Instant now)
    {
        if (plays.Current is not { IsPaused: false } current)
            return IsListening() ? LineRoom.Shared : LineRoom.Free;

        if (current is not { IsReady: true, Download: { Sounds: true } playing } || current.IsDry
            || parts.Buffer.IsLow(playing, now))
            return LineRoom.None;

        var isSafe = playing.Frontier == playing.Map.Count || playing.Ahead(now) >= parts.Options.Prefetch.SafeAhead;
        return isSafe && !IsListening() ? LineRoom.Free : LineRoom.Shared;
    }

    private bool IsListening()
    {
        for (var i = 0; i < parts.Requests.Count; i++)
        {
            if (parts.Requests[i].Download.Priority < RequestPriority.OfflineSync)
                return true;
        }

        return false;
    }

    private Instant GivesUpAt(Keeping keeping, Download download) =>
        Instant.Max(keeping.WaitsSince, download.LastProgress) + parts.Options.Downloads.GiveUpAfter;

    private void PutOff(Keeping keeping, Instant now)
    {
        _wanted.Add(keeping.Track);
        _beginsAt = now + (++_failures >= _wanted.Count ? LongPause : ShortPause);
    }

    private void End(Keeping keeping, Instant now, ActionBuffer actions)
    {
        _begun.Remove(keeping);
        if (keeping.Download is { } download)
        {
            parts.Ledger.Abandon(download, now, actions);
            if (plays.Fetching(download.File) is null)
                parts.Recruiting.Forget(download.File);
        }

        actions.Add(new EndKeeping(keeping.Id, IsWhole: false));
    }
}
