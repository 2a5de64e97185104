using SpotifyCore.Content.Time;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Running;

/// <summary>
/// What a scheduler that knows all could have got from peers on the same run: of the bytes of each play that its cache
/// lacked, as much as those online that held the whole file, were honest and could be connected with (one of the two
/// must be reachable) could have sent between the play's begin and its end, each at no more than its line's rate over
/// all plays. Plays are taken in the order in which they end, holders in the order in which they are free: little is
/// lost by that. It ignores that the first second is needed at once: an upper bound for the peers' share, so a lower
/// one, a floor, for the servers'.
/// </summary>
internal sealed class OracleBound(HolderIndex holders)
{
    private readonly List<long> _freeAt = [];
    private readonly List<(long FreeAt, int Client)> _candidates = [];

    /// <summary>Bytes played in all.</summary>
    public long Played { get; private set; }

    /// <summary>Bytes that servers must have sent: peers could not, for want of time and lines.</summary>
    public long Needed { get; private set; }

    /// <summary>Of those, the bytes of plays for which nobody online had the file.</summary>
    public long Alone { get; private set; }

    /// <summary>The floor of the servers' share of the bytes played.</summary>
    public double Floor => Played == 0 ? 0 : Needed / (double)Played;

    /// <summary>The floor if lines had no limits.</summary>
    public double FloorOfPresence => Played == 0 ? 0 : Alone / (double)Played;

    /// <summary>Takes in a play that is over; how many others held its file.</summary>
    public int Add(in PlayRecord record, in TierBytes played, Instant now, int self, bool counts)
    {
        var missing = played.Total - played.Cache;
        var found = Gather(record.Track, self);
        if (!counts)
            return found;

        Played += played.Total;
        if (missing == 0)
            return found;

        if (_candidates.Count == 0)
            Alone += missing;

        Needed += record.Client.Spec.IsPhone ? missing : Spend(missing, record.Since.Ticks, now.Ticks);
        return found;
    }

    private int Gather(int track, int self)
    {
        _candidates.Clear();
        var (found, canReach) = (0, holders.Clients[self].Spec.IsReachable);
        foreach (var client in holders.Of(track))
        {
            if (client == self || !holders.Gives(client, track))
                continue;

            found++;
            var spec = holders.Clients[client].Spec;
            if (spec.Lies == LieKind.None && (canReach || spec.IsReachable))
                _candidates.Add((FreeAt(client), client));
        }

        return found;
    }

    /// <summary>Has the candidates send; what is left over.</summary>
    private long Spend(long bytes, long from, long to)
    {
        _candidates.Sort();
        double left = bytes;
        foreach (var (freeAt, client) in _candidates)
        {
            if (left < 1)
                return 0;

            var begin = Math.Max(freeAt, from);
            var perTick = holders.Clients[client].Spec.UpBytesPerSecond / TimeSpan.TicksPerSecond;
            var sent = Math.Min(left, Math.Max(0, to - begin) * perTick);
            if (sent <= 0)
                continue;

            _freeAt[client] = begin + (long)(sent / perTick);
            left -= sent;
        }

        return (long)left;
    }

    private long FreeAt(int client)
    {
        while (_freeAt.Count <= client)
            _freeAt.Add(0);

        return _freeAt[client];
    }
}
