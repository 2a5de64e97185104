using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Listening;

/// <summary>
/// The listening alone, with no network and no waiting, ahead of a run: what the model of the world gives, to be held
/// against the published figures, and what warms the caches.
/// </summary>
internal sealed class WarmUp
{
    private readonly MusicCatalogue _catalogue;
    private readonly long[] _plays;
    private readonly long[] _misses;
    private readonly double[] _listeningByHour = new double[24];
    private readonly double[] _onlineByHour = new double[24];
    private double _cachedSeconds;

    /// <summary>Lets one day pass of everybody.</summary>
    public WarmUp(MusicCatalogue catalogue, ClientProfile[] clients, WorldModel model, ulong seed)
    {
        _catalogue = catalogue;
        (_plays, _misses) = (new long[catalogue.Count], new long[catalogue.Count]);
        var discovery = new Discovery(catalogue, model.Listening);
        var planner = new SessionPlanner(model.Listening, seed);
        foreach (var client in clients)
        {
            var kept = model.KeptBy(client);
            var listener = new Listener(client.Index, discovery, model.Listening, kept, seed);
            Copies += listener.Library.Tracks.Count;
            foreach (var session in planner.Plan(client.Index, TimeSpan.Zero, TimeSpan.FromDays(1)))
                Listen(listener, session);
        }

        Clients = clients.Length;
    }

    /// <summary>Listeners.</summary>
    public int Clients { get; }

    /// <summary>Tracks in all caches when the day begins.</summary>
    public long Copies { get; private set; }

    /// <summary>Plays in the day.</summary>
    public long Plays { get; private set; }

    /// <summary>Plays that were picked.</summary>
    public long Picks { get; private set; }

    /// <summary>Plays broken off within 5 s.</summary>
    public long EarlySkips { get; private set; }

    /// <summary>Plays broken off.</summary>
    public long Skips { get; private set; }

    /// <summary>Seconds listened.</summary>
    public double Seconds { get; private set; }

    /// <summary>Share of what was heard that the listener had kept.</summary>
    public double CachedShare => _cachedSeconds / Seconds;

    /// <summary>Seconds listened, by hour of the day.</summary>
    public IReadOnlyList<double> ListeningByHour => _listeningByHour;

    /// <summary>Seconds online, by hour of the day.</summary>
    public IReadOnlyList<double> OnlineByHour => _onlineByHour;

    /// <summary>Tracks by how often they were played by those who had not kept them, the most often first.</summary>
    public IEnumerable<int> MostMissed => Enumerable.Range(0, _misses.Length)
        .OrderByDescending(track => _misses[track])
        .ThenBy(track => track);

    /// <summary>Share of the plays that go to this share of the tracks, the most played first.</summary>
    public double PlaysOfTop(double tracks) => ShareOfTop(_plays, tracks);

    /// <summary>The same for plays of what the listener had not kept: what the network sees.</summary>
    public double MissesOfTop(double tracks) => ShareOfTop(_misses, tracks);

    private static double ShareOfTop(long[] counts, double tracks)
    {
        var sorted = counts.Order().Reverse().ToArray();
        return sorted.Take((int)(tracks * sorted.Length)).Sum() / (double)Math.Max(1, sorted.Sum());
    }

    private void Listen(Listener listener, OnlineSession session)
    {
        Spread(_onlineByHour, session.From, session.To);
        foreach (var burst in session.Bursts)
        {
            Spread(_listeningByHour, burst.From, burst.To);
            var left = (burst.To - burst.From).TotalSeconds;
            for (var play = listener.Begin(); left > 0; play = listener.Advance())
            {
                Count(listener, play, Math.Min(left, play.Heard));
                left -= play.Heard;
            }
        }
    }

    private void Count(Listener listener, in PlannedPlay play, double heard)
    {
        Plays++;
        Picks += play.IsPick ? 1 : 0;
        Skips += play.Ending == PlayEnding.HeardOut ? 0 : 1;
        EarlySkips += play.Heard <= 5 ? 1 : 0;
        Seconds += heard;
        _plays[play.Track]++;
        if (listener.Library.Knows(play.Track))
            _cachedSeconds += heard;
        else
            _misses[play.Track]++;
    }

    private void Spread(double[] byHour, TimeSpan from, TimeSpan to)
    {
        var last = Math.Min(to.TotalSeconds, TimeSpan.FromDays(1).TotalSeconds);
        for (var at = from.TotalSeconds; at < last;)
        {
            var next = Math.Min(last, (Math.Floor(at / 3600) + 1) * 3600);
            byHour[(int)(at / 3600)] += next - at;
            at = next;
        }
    }
}
