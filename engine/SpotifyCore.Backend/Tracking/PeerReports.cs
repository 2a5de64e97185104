using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tracking;

/// <summary>
/// Which peers are said to misbehave, and by whom. Soft state, bounded; what several accounts agree on for a time
/// ranks a peer down, and nothing more. A state machine without I/O, clock or chance; owned by one caller at a time.
/// </summary>
internal sealed class PeerReports(PeerReportOptions options)
{
    private readonly Dictionary<PeerId, LinkedListNode<ReportedPeer>> _peers = [];
    private readonly LinkedList<ReportedPeer> _byAge = new();
    private readonly Dictionary<long, Reporter> _reporters = [];

    /// <summary>Peers remembered.</summary>
    public int Peers => _peers.Count;

    /// <summary>
    /// An account reports a peer; again and again counts once. False, and nothing noted, when it has said enough.
    /// </summary>
    public bool TryNote(long account, PeerId peer, Instant now)
    {
        if (!IsHeard(account, now))
            return false;

        if (_peers.Remove(peer, out var node))
        {
            _byAge.Remove(node);
        }
        else
        {
            if (_peers.Count >= options.Peers)
                Forget(_byAge.First!);

            node = new LinkedListNode<ReportedPeer>(new ReportedPeer(peer));
        }

        _peers.Add(peer, node);
        _byAge.AddLast(node);
        node.Value.Note(account, now, options);
        return true;
    }

    /// <summary>True while enough accounts' reports of a peer count.</summary>
    public bool IsSuspect(PeerId peer, Instant now)
    {
        if (!_peers.TryGetValue(peer, out var node))
            return false;

        node.Value.Expire(now - options.Memory);
        if (node.Value.Count > 0)
            return node.Value.Count >= options.Accounts;

        Forget(node);
        return false;
    }

    private bool IsHeard(long account, Instant now)
    {
        if (!_reporters.TryGetValue(account, out var reporter) || now - reporter.Since >= options.Interval)
        {
            // Who has been quiet since needs no entry: the table holds the talkative ones of an interval alone.
            if (_reporters.Count >= options.Peers)
                DropQuiet(now);
            if (_reporters.Count >= options.Peers)
                return false;

            reporter = new Reporter(now, 0);
        }

        if (reporter.Reports >= options.PerAccount)
            return false;

        _reporters[account] = reporter with { Reports = reporter.Reports + 1 };
        return true;
    }

    private void DropQuiet(Instant now)
    {
        foreach (var (account, reporter) in _reporters)
        {
            if (now - reporter.Since >= options.Interval)
                _reporters.Remove(account);
        }
    }

    private void Forget(LinkedListNode<ReportedPeer> node)
    {
        _peers.Remove(node.Value.Peer);
        _byAge.Remove(node);
    }

    private readonly record struct Reporter(Instant Since, int Reports);

    private sealed class ReportedPeer(PeerId peer)
    {
        private readonly List<(long Account, Instant At)> _reports = new(capacity: 1);

        public PeerId Peer { get; } = peer;

        public int Count => _reports.Count;

        public void Note(long account, Instant now, PeerReportOptions options)
        {
            _reports.RemoveAll(report => report.Account == account);
            if (_reports.Count >= options.AccountsPerPeer)
                _reports.RemoveAt(0);

            _reports.Add((account, now));
        }

        public void Expire(Instant horizon) => _reports.RemoveAll(report => report.At < horizon);
    }
}
