using SpotifyCore.Content.Sources;
using SpotifyCore.Core;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulator.Reporting;
using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Running;

/// <summary>Adds up what came of the plays that ended within the time measured.</summary>
internal sealed class RunMeter(TimeSpan from, TimeSpan to)
{
    private static readonly Tier[] Tiers = [Tier.Cache, Tier.Peers, Tier.Production, Tier.Master];

    private readonly long[] _searches = new long[4];
    private readonly Dictionary<int, long> _servedPlays = [];
    private TierBytes _played;
    private TierBytes _fetched;

    /// <summary>Plays that sounded, or should have.</summary>
    public long Plays { get; private set; }

    /// <summary>Those among them that a listener's act began.</summary>
    public long Clicks { get; private set; }

    /// <summary>Plays that were given up by the client.</summary>
    public long Failures { get; private set; }

    /// <summary>Share of the plays that were given up by the client.</summary>
    public double FailedShare => Plays == 0 ? 0 : Failures / (double)Plays;

    /// <summary>Plays that ended before they sounded, by the listener.</summary>
    public long Silent { get; private set; }

    /// <summary>Plays with at least one stutter.</summary>
    public long Stuttered { get; private set; }

    /// <summary>Bytes that came twice, or too late.</summary>
    public long UnusedBytes { get; private set; }

    /// <summary>Bytes played, by tier.</summary>
    public TierBytes Played => _played;

    /// <summary>Bytes taken in, by tier.</summary>
    public TierBytes Fetched => _fetched;

    /// <summary>Start of sound.</summary>
    public QuantileSketch Starts { get; } = new();

    /// <summary>Start of sound after a click.</summary>
    public QuantileSketch ClickStarts { get; } = new();

    /// <summary>Start of sound after a click of what was not whole in the cache.</summary>
    public QuantileSketch ColdClickStarts { get; } = new();

    /// <summary>Lengths of stutters, in all, a play that had some.</summary>
    public QuantileSketch StutterTimes { get; } = new();

    /// <summary>Bytes over the day.</summary>
    public DaySeries Day { get; } = new(from, to, TimeSpan.FromMinutes((to - from).TotalHours > 8 ? 20 : 5));

    /// <summary>Bytes against the size of the swarm.</summary>
    public SwarmSeries Swarms { get; } = new();

    /// <summary>Payload that was fetched and never played, as a share of what was fetched.</summary>
    public double WastedShare
    {
        get
        {
            var fetched = _fetched.Total + UnusedBytes;
            var played = _played.Total - _played.Cache;
            return fetched == 0 ? 0 : Math.Max(0, fetched - played) / (double)fetched;
        }
    }

    /// <summary>What the searches for peers found.</summary>
    public SearchShare Search
    {
        get
        {
            var all = Math.Max(1.0, _searches.Sum());
            double Share(PeerSearch found) => Math.Round(_searches[(int)found] / all, 4);
            return new SearchShare(
                Share(PeerSearch.Tracker | PeerSearch.Overlay),
                Share(PeerSearch.Tracker),
                Share(PeerSearch.Overlay),
                Share(PeerSearch.None));
        }
    }

    /// <summary>Share of the plays with bytes of servers that go to this share of so many tracks.</summary>
    public double ServedOfTop(double share, int tracks)
    {
        var most = _servedPlays.Values.OrderDescending().Take((int)(share * tracks)).Sum();
        return most / (double)Math.Max(1, _servedPlays.Values.Sum());
    }

    /// <summary>Counts a play that ended at a time of day, when so many others held the file.</summary>
    public void Add(TimeSpan at, in PlayRecord record, int holders)
    {
        if (at < from || at >= to)
            return;

        var played = default(TierBytes);
        foreach (var tier in Tiers)
        {
            played.Add(tier, record.Bytes.Played(tier));
            if (tier != Tier.Cache)
                _fetched.Add(tier, record.Bytes.Fetched(tier));
        }

        _played.Add(played);
        UnusedBytes += record.Bytes.UnusedBytes;
        Day.Add(at, played);
        if (record.Bytes.Fetched(Tier.Production) + record.Bytes.Fetched(Tier.Master) > 0)
            _servedPlays[record.Track] = _servedPlays.GetValueOrDefault(record.Track) + 1;

        if (record.Claimed.Searched)
            _searches[(int)record.Claimed.Search]++;

        if (record.IsCurrent)
            AddPlay(record, played, holders);
    }

    private void AddPlay(in PlayRecord record, in TierBytes played, int holders)
    {
        Plays++;
        Clicks += record.IsClick ? 1 : 0;
        Failures += record.Failure == default ? 0 : 1;
        Swarms.Add(holders, played);
        if (record.Start is not { } start)
        {
            Silent += record.Failure == default ? 1 : 0;
            return;
        }

        Starts.Add(start.TotalMilliseconds);
        if (record.IsClick)
            ClickStarts.Add(start.TotalMilliseconds);

        if (record.IsClick && record.Claimed.Cold)
            ColdClickStarts.Add(start.TotalMilliseconds);

        if (record.Stutters == 0)
            return;

        Stuttered++;
        StutterTimes.Add(record.StutterTime.TotalMilliseconds);
    }
}
