using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Downloads;

/// <summary>
/// Picks the peer to ask for a chunk: the one expected to deliver soonest (bytes outstanding over measured speed),
/// within what may be outstanding with each. Who was silent when asked last comes after those who were not, whatever
/// speed it is thought to have: each in turn. Owned by the scheduler.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="links">All connections.</param>
internal sealed class PeerChoice(DownloadOptions options, LinkTable links)
{
    private readonly List<Link> _spare = [];
    private readonly List<Link> _full = [];
    private FileId _file;

    /// <summary>
    /// True when a connected peer holds the file, busy or not, that was not silent when it was asked last.
    /// </summary>
    public bool HasUseful { get; private set; }

    /// <summary>True when one of them may be asked for more.</summary>
    public bool HasSpare => _spare.Count > 0;

    /// <summary>Looks the peers over once for a file, before picks for it.</summary>
    public void Gather(Download download, Instant now)
    {
        _spare.Clear();
        _full.Clear();
        _file = download.File;
        HasUseful = false;
        if (!download.MayAskPeers)
            return;

        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsNode || link.State != LinkState.Open)
                continue;

            var holding = link.Holdings.Use(download.File);
            if (holding is not (HoldingState.Whole or HoldingState.Part))
                continue;

            HasUseful |= link.IsReliable;
            if (link.IsUsable(now) && SpareOf(link, download) > 0)
                _spare.Add(link);
            else if (link.Silences == 0 && now >= link.PausedUntil)
                _full.Add(link);
        }
    }

    /// <summary>Bytes that may yet be asked of a peer.</summary>
    public int SpareOf(Link link)
    {
        var bySpeed = link.Speed.BytesPerSecond * options.OutstandingPerPeer.TotalSeconds;
        var allowed = Math.Clamp(bySpeed, options.OutstandingPerPeerAtLeast, options.OutstandingPerPeerAtMost);
        return Math.Max(0, (int)allowed - link.OutstandingBytes);
    }

    /// <summary>Bytes of a download that may yet be asked of a peer.</summary>
    public int SpareOf(Link link, Download download) => OfflineShare.Of(SpareOf(link), download, link, options);

    /// <summary>True when a peer says that it holds a chunk of the file that was gathered for.</summary>
    public bool Has(Link link, uint chunk) => link.Holdings.Has(_file, chunk);

    /// <summary>
    /// The peer expected to deliver soonest, or of those that were silent the one that was so longest ago; null when none
    /// may be asked, or none would be in time.
    /// </summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="bytes">Length of the chunk.</param>
    /// <param name="until">Time until it is needed.</param>
    /// <param name="inTime">False to take the quickest, in time or not.</param>
    /// <param name="except">A peer not to pick.</param>
    public Link? Pick(uint chunk, int bytes, TimeSpan until, bool inTime, Link? except = null)
    {
        Link? best = null;
        var soonest = TimeSpan.MaxValue;
        foreach (var link in _spare)
        {
            var expected = link.Speed.TimeFor(link.OutstandingBytes + bytes);
            if (link == except || (inTime && !IsInTime(expected, until)))
                continue;

            var isBetter = best is null || link.LastSilence < best.LastSilence
                || (link.LastSilence == best.LastSilence && expected < soonest);
            if (isBetter && Has(link, chunk))
                (best, soonest) = (link, expected);
        }

        return best;
    }

    /// <summary>
    /// True when a peer that was not silent holds a chunk and has no room for it now: to be waited for, rather than one
    /// asked that was.
    /// </summary>
    public bool IsHeldByFull(uint chunk, Link? except) => IsHeldBy(_full, chunk, except, null);

    /// <summary>True when another peer that holds a chunk may be asked for it, now or once it has room.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="except">A peer that does not count.</param>
    /// <param name="also">Another one; null for none.</param>
    public bool HasOther(uint chunk, Link except, Link? also) =>
        IsHeldBy(_spare, chunk, except, also) || IsHeldBy(_full, chunk, except, also);

    /// <summary>True when a peer is expected to deliver so many more bytes well before they are needed.</summary>
    public bool IsInTime(Link link, int bytes, TimeSpan until) =>
        IsInTime(link.Speed.TimeFor(link.OutstandingBytes + bytes), until);

    /// <summary>A peer was asked for a part of a download: it is picked again only while it may be asked for more.</summary>
    public void NoteAsked(Link link, Download download, Instant now)
    {
        if (link.IsUsable(now) && SpareOf(link, download) > 0)
            return;

        if (_spare.Remove(link) && link.Silences == 0)
            _full.Add(link);
    }

    private bool IsHeldBy(List<Link> peers, uint chunk, Link? except, Link? also)
    {
        foreach (var link in peers)
        {
            if (link != except && link != also && Has(link, chunk))
                return true;
        }

        return false;
    }

    private bool IsInTime(TimeSpan expected, TimeSpan until) =>
        until == PlaybackPoint.NoHaste || expected + options.Margin <= until;
}
