using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tracking;

/// <summary>
/// Who played or holds a file, and who of them is online. Soft state: it forgets by age and by room, and a restart
/// forgets all. A state machine without I/O, clock or chance; owned by one caller at a time.
/// </summary>
public sealed class Tracker(TrackerOptions options)
{
    private readonly Dictionary<FileId, LinkedListNode<TrackedFile>> _files = [];
    private readonly LinkedList<TrackedFile> _byAge = new();
    private readonly Dictionary<PeerId, OnlineClient> _online = [];
    private readonly List<Candidate> _candidates = [];
    private readonly PeerReports _reports = new(options.Reports);
    private long _arrivals;

    /// <summary>Files remembered.</summary>
    public int Files => _files.Count;

    /// <summary>Clients online.</summary>
    public int Clients => _online.Count;

    /// <summary>
    /// A client has come online, or has come back before it was missed: then this place replaces the former.
    /// </summary>
    /// <param name="peer">The client.</param>
    /// <param name="place">Where others reach it.</param>
    /// <param name="arrival">Names this presence, for <see cref="Leave"/>.</param>
    /// <returns>False when there are as many online as may be.</returns>
    public bool TryArrive(PeerId peer, ClientPlace place, out long arrival)
    {
        arrival = ++_arrivals;
        if (_online.Count >= options.Clients && !_online.ContainsKey(peer))
            return false;

        _online[peer] = new OnlineClient(place, arrival);
        return true;
    }

    /// <summary>That presence has ended; a newer one of the same client stays.</summary>
    public void Leave(PeerId peer, long arrival)
    {
        if (_online.TryGetValue(peer, out var client) && client.Arrival == arrival)
            _online.Remove(peer);
    }

    /// <summary>That presence is reached at another port from now on; 0 when it takes no connections.</summary>
    public void Move(PeerId peer, long arrival, int port)
    {
        if (_online.TryGetValue(peer, out var client) && client.Arrival == arrival)
            _online[peer] = new OnlineClient(client.Place with { Port = port, IsUnreachable = false }, arrival);
    }

    /// <summary>
    /// A client of an account could not connect to another. Once two accounts say so, that one counts as unreachable
    /// until it comes back or is reached at another port: it is told of behind others, as one that must be asked to
    /// connect.
    /// </summary>
    public void Missed(PeerId peer, long by)
    {
        if (!_online.TryGetValue(peer, out var client))
            return;

        var isSecond = client.MissedBy is { } first && first != by;
        _online[peer] = client with
        {
            MissedBy = client.MissedBy ?? by,
            Place = client.Place with { IsUnreachable = client.Place.IsUnreachable || isSecond },
        };
    }

    /// <summary>
    /// An account says that a peer misbehaves; false when that account has said enough for now. Those of whom several
    /// accounts say so are told of last.
    /// </summary>
    public bool TryReport(long account, PeerId peer, Instant now) => _reports.TryNote(account, peer, now);

    /// <summary>Where an online client is; false when it is not online.</summary>
    public bool TryFindPlace(PeerId peer, out ClientPlace place)
    {
        var found = _online.TryGetValue(peer, out var client);
        place = client.Place;
        return found;
    }

    /// <summary>
    /// A client plays the file. Of no use, and not noted, if it is not online or takes no connections.
    /// </summary>
    public void Played(PeerId peer, FileId file, Instant now) => Note(peer, file, holds: false, now);

    /// <summary>A client has the whole file and serves it.</summary>
    public void Held(PeerId peer, FileId file, Instant now) => Note(peer, file, holds: true, now);

    /// <summary>A client no longer has the file.</summary>
    public void Dropped(PeerId peer, FileId file)
    {
        if (_files.TryGetValue(file, out var node))
            node.Value.Remove(peer);
    }

    /// <summary>
    /// Appends who to ask for a file: online, not the asker; those whom several accounts reported last, of its own site
    /// first, then who holds the whole file, then who can be reached, then who was told least often, so that the load
    /// spreads; then the latest. Who takes no connections itself is not told of those who have to be asked to connect.
    /// </summary>
    public void Find(FileId file, PeerId asker, string site, Instant now, List<TrackedPeer> found)
    {
        if (!_files.TryGetValue(file, out var node))
            return;

        node.Value.Expire(now - options.Memory);
        if (node.Value.Entries.Count == 0)
        {
            Forget(node);
            return;
        }

        Gather(node.Value, asker, site, now);
        for (var i = 0; i < Math.Min(_candidates.Count, options.PeersPerAnswer); i++)
        {
            _candidates[i].Entry.Told++;
            found.Add(new TrackedPeer(_candidates[i].Entry.Peer, _candidates[i].Place));
        }
    }

    private void Gather(TrackedFile file, PeerId asker, string site, Instant now)
    {
        _candidates.Clear();
        var mayAsk = _online.TryGetValue(asker, out var own) && own.Place is { Port: > 0, IsUnreachable: false };
        for (var i = 0; i < file.Entries.Count; i++)
        {
            var entry = file.Entries[i];
            if (entry.Peer == asker || !_online.TryGetValue(entry.Peer, out var client) || client.Place.Port == 0)
                continue;
            if (client.Place.IsUnreachable && !mayAsk)
                continue;

            var sameSite = string.Equals(client.Place.Site, site, StringComparison.Ordinal);
            var suspect = _reports.IsSuspect(entry.Peer, now);
            _candidates.Add(new Candidate(entry, client.Place, suspect, sameSite, Rank: i));
        }

        _candidates.Sort(static (one, other) => one.CompareTo(other));
    }

    private void Note(PeerId peer, FileId file, bool holds, Instant now)
    {
        if (!_online.TryGetValue(peer, out var client) || client.Place.Port == 0)
            return;

        if (_files.TryGetValue(file, out var node))
        {
            _byAge.Remove(node);
        }
        else
        {
            if (_files.Count >= options.Files)
                Forget(_byAge.First!);

            node = new LinkedListNode<TrackedFile>(new TrackedFile(file));
            _files.Add(file, node);
        }

        _byAge.AddLast(node);
        node.Value.Expire(now - options.Memory);
        node.Value.Note(peer, holds, now, options);
    }

    private void Forget(LinkedListNode<TrackedFile> node)
    {
        _files.Remove(node.Value.File);
        _byAge.Remove(node);
    }

    private readonly record struct OnlineClient(ClientPlace Place, long Arrival, long? MissedBy = null);

    private readonly record struct Candidate(
        TrackedFile.Entry Entry, ClientPlace Place, bool IsSuspect, bool SameSite, int Rank) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other)
        {
            if (IsSuspect != other.IsSuspect)
                return IsSuspect ? 1 : -1;
            if (SameSite != other.SameSite)
                return SameSite ? -1 : 1;
            if (Entry.Holds != other.Entry.Holds)
                return Entry.Holds ? -1 : 1;
            if (Place.IsUnreachable != other.Place.IsUnreachable)
                return Place.IsUnreachable ? 1 : -1;
            if (Entry.Told != other.Entry.Told)
                return Entry.Told.CompareTo(other.Entry.Told);

            return other.Rank.CompareTo(Rank);
        }
    }
}
