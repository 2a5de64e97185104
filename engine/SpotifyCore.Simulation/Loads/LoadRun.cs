using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Chance;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Loads;

/// <summary>
/// A plain population, to measure the harness itself with: clients come online, play a dozen tracks of a Zipf
/// catalogue, skip some, and leave. The simulator's are the ones to draw conclusions from.
/// </summary>
public sealed class LoadRun
{
    private const int PlaysASession = 12;
    private const long FileBytes = 4_800_000;

    private readonly LoadOptions _options;
    private readonly World _world;
    private readonly double[] _popularity;
    private readonly Dictionary<SimClient, int> _left = [];
    private readonly long[] _bytes = new long[(int)Tier.Master + 1];
    private readonly List<double> _starts = [];
    private SeededRandom _random;

    /// <summary>Makes the world.</summary>
    public LoadRun(LoadOptions options)
    {
        _options = options;
        _random = new SeededRandom(options.Seed);
        _world = new World(new WorldOptions { Seed = options.Seed });
        _popularity = Zipf(options.Tracks);
        for (var i = 0; i < options.Tracks; i++)
            _world.Tracks.Add(TimeSpan.FromSeconds(120 + (240 * Chance())), 160_000);

        for (var i = 0; i < 2; i++)
            _world.AddStorageNode(new NodeSpec { CacheBytes = options.Tracks / 4 * FileBytes });

        for (var i = 0; i < options.Clients; i++)
            AddClient();

        _world.PlayFinished += Finished;
    }

    /// <summary>The world.</summary>
    public World World => _world;

    /// <summary>Plays that are over.</summary>
    public long Plays { get; private set; }

    /// <summary>Payload that was played, by tier.</summary>
    public ReadOnlySpan<long> PlayedBytes => _bytes;

    /// <summary>Milliseconds to the first PCM, of every play that sounded.</summary>
    public IReadOnlyList<double> Starts => _starts;

    /// <summary>Plays that stuttered.</summary>
    public long Stuttering { get; private set; }

    /// <summary>Runs it to its end.</summary>
    /// <param name="progress">Is called now and then on the way, the last time at the end.</param>
    public void Run(Action progress)
    {
        var end = _world.Now + TimeSpan.FromHours(_options.Hours);
        while (_world.Now < end)
        {
            _world.RunFor(TimeSpan.FromMinutes(Math.Min(60, _options.Hours * 60 / 4)));
            progress();
        }
    }

    private static double[] Zipf(int count)
    {
        var sums = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sums[i] = sum += 1 / Math.Pow(i + 1, 1.01);

        for (var i = 0; i < count; i++)
            sums[i] /= sum;

        return sums;
    }

    private void AddClient()
    {
        var client = _world.AddClient(new ClientSpec { IsReachable = Chance() < 0.4, CacheBytes = 2L << 30 });
        for (var i = 0; i < _options.CachedTracks; i++)
            _world.Fill(client, Pick());

        var sessions = _options.PlaysADay / PlaysASession;
        var first = TimeSpan.FromHours(24 / sessions * Chance());
        _world.After(first, () => Begin(client));
    }

    private void Begin(SimClient client)
    {
        _left[client] = PlaysASession;
        client.ComeOnline();
        _world.After(TimeSpan.FromSeconds(3), () => PlayOne(client));
        var again = TimeSpan.FromHours(24 * PlaysASession / _options.PlaysADay);
        _world.After(again, () =>
        {
            client.GoOffline();
            Begin(client);
        });
    }

    private void PlayOne(SimClient client)
    {
        var track = Pick();
        client.Play(track, Pick());
        SkipLater(client, track);
    }

    private void SkipLater(SimClient client, int track)
    {
        if (Chance() >= 0.4)
            return;

        _world.After(TimeSpan.FromSeconds(2 + (120 * Chance())), () =>
        {
            if (client.PlayingTrack == track)
                client.Skip();
        });
    }

    private void Finished(in PlayRecord play)
    {
        if (!play.IsCurrent)
            return;

        Plays++;
        Stuttering += play.Stutters > 0 ? 1 : 0;
        if (play.Start is { } start)
            _starts.Add(start.TotalMilliseconds);

        for (var tier = Tier.Cache; tier <= Tier.Master; tier++)
            _bytes[(int)tier] += play.Bytes.Played(tier);

        var client = play.Client;
        if (!client.IsOnline)
            return;

        if (--_left[client] <= 0)
        {
            _world.After(TimeSpan.FromMinutes(10), client.GoOffline);
            return;
        }

        client.SetNext(Pick());
        SkipLater(client, client.PlayingTrack);
    }

    private int Pick()
    {
        var at = Array.BinarySearch(_popularity, Chance());
        return Math.Min(at < 0 ? ~at : at, _popularity.Length - 1);
    }

    private double Chance() => (_random.Next() >> 11) / (double)(1ul << 53);
}
