using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tracking;

/// <summary>The latest clients of one file, newest last.</summary>
internal sealed class TrackedFile(FileId file)
{
    private readonly List<Entry> _entries = new(capacity: 2);

    public FileId File { get; } = file;

    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Notes a client as the newest; the oldest makes room.</summary>
    public void Note(PeerId peer, bool holds, Instant now, TrackerOptions options)
    {
        var at = IndexOf(peer);
        var entry = at < 0 ? new Entry(peer) : _entries[at];
        if (at >= 0)
            _entries.RemoveAt(at);
        else if (_entries.Count >= options.ClientsPerFile)
            _entries.RemoveAt(0);

        entry.Holds |= holds;
        entry.Noted = now;
        _entries.Add(entry);
    }

    public void Remove(PeerId peer)
    {
        if (IndexOf(peer) is >= 0 and var at)
            _entries.RemoveAt(at);
    }

    /// <summary>Forgets who was noted before <paramref name="horizon"/>: they stand first.</summary>
    public void Expire(Instant horizon)
    {
        var stale = 0;
        while (stale < _entries.Count && _entries[stale].Noted < horizon)
            stale++;

        _entries.RemoveRange(0, stale);
    }

    private int IndexOf(PeerId peer)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Peer == peer)
                return i;
        }

        return -1;
    }

    internal sealed class Entry(PeerId peer)
    {
        public PeerId Peer { get; } = peer;

        /// <summary>It said that it has the whole file; otherwise it only played it.</summary>
        public bool Holds { get; set; }

        public Instant Noted { get; set; }

        /// <summary>How often it was told to others.</summary>
        public long Told { get; set; }
    }
}
