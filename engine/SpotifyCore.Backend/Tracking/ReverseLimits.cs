using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tracking;

/// <summary>
/// Whether a client's wish to be connected to is passed on to a peer. Holds the figures of online clients alone. A
/// state machine without I/O, clock or chance; owned by one caller at a time.
/// </summary>
internal sealed class ReverseLimits(ReverseOptions options)
{
    private readonly Dictionary<PeerId, Figures> _clients = [];

    /// <summary>Clients with figures.</summary>
    public int Clients => _clients.Count;

    /// <summary>True, and counted on both sides, when the wish may be passed on.</summary>
    /// <param name="account">Whose client asks.</param>
    /// <param name="asker">The client.</param>
    /// <param name="peer">Who is to connect to it.</param>
    /// <param name="now">The time.</param>
    public bool TryPass(long account, PeerId asker, PeerId peer, Instant now)
    {
        if (asker == peer)
            return false;

        var asking = Find(asker, now);
        var asked = Find(peer, now);
        if (asking.Asked >= options.PerAsker
            || asked.Told >= options.PerPeer
            || asked.ToldFor(account) >= options.PerPeerAndAccount
            || asking.AskedLately(peer, now, options))
            return false;

        asking.Asked++;
        asked.Tell(account);
        asking.Remember(peer, now, options);
        return true;
    }

    /// <summary>A client has gone offline.</summary>
    public void Forget(PeerId client) => _clients.Remove(client);

    private Figures Find(PeerId client, Instant now)
    {
        if (!_clients.TryGetValue(client, out var figures))
            _clients.Add(client, figures = new Figures { Since = now });

        if (now - figures.Since >= options.Interval)
            figures.Begin(now);

        return figures;
    }

    private sealed class Figures
    {
        private readonly List<(PeerId Peer, Instant At)> _latest = new(capacity: 1);

        // Whose clients it was told of.
        private readonly List<long> _told = [];

        public Instant Since { get; set; }

        public int Asked { get; set; }

        public int Told => _told.Count;

        public int ToldFor(long account) => _told.Count(told => told == account);

        public void Tell(long account) => _told.Add(account);

        public void Begin(Instant now)
        {
            (Since, Asked) = (now, 0);
            _told.Clear();
        }

        public bool AskedLately(PeerId peer, Instant now, ReverseOptions options)
        {
            foreach (var (asked, at) in _latest)
            {
                if (asked == peer && now - at < options.SamePause)
                    return true;
            }

            return false;
        }

        public void Remember(PeerId peer, Instant now, ReverseOptions options)
        {
            if (_latest.Count >= options.Remembered)
                _latest.RemoveAt(0);

            _latest.Add((peer, now));
        }
    }
}
